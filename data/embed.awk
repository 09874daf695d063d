# Makes a C file of a data file: its bytes as the string NAME.  A backslash is refused.
BEGIN { print "extern const char " name "[];\nconst char " name "[] =" }
index($0, "\\") {
    print FILENAME ":" FNR ": a backslash" >"/dev/stderr"
    exit 1
}
{
    count = split($0, part, "\"")
    line = part[1]
    for (i = 2; i <= count; i++)
        line = line "\\\"" part[i]
    print "    \"" line "\\n\""
}
END { print "    ;" }
