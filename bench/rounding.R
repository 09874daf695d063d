# rounding.R LIBRARY DIRECTORY BASE DIM...: PLSrounding() of the inner cells in DIRECTORY/inner.csv,
# with the hierarchy of each dimension in DIRECTORY/DIM.csv; writes DIRECTORY/published.csv.
arguments <- commandArgs(TRUE)
.libPaths(c(arguments[1], .libPaths()))
suppressMessages(library(SmallCountRounding))
directory <- arguments[2]
dims <- arguments[-(1:3)]
inner <- read.csv(file.path(directory, "inner.csv"), colClasses = "character")
inner$count <- as.integer(inner$count)
trees <- lapply(dims, function(dim)
  read.csv(file.path(directory, paste0(dim, ".csv")), colClasses = "character"))
names(trees) <- dims
rounded <- PLSrounding(inner, "count", roundBase = as.integer(arguments[3]), hierarchies = trees,
                       printInc = FALSE)
write.csv(rounded$publish[c(dims, "rounded")], file.path(directory, "published.csv"),
          row.names = FALSE, quote = FALSE)
