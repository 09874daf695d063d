/*
 * Runs a command and says what it took:
 *
 *   timed FILE COMMAND [ARGUMENT]...
 *
 * FILE gets one line: seconds on the clock, seconds of the processors for the program and for the
 * system, the largest resident memory of any one process in kilobytes.  The status is that of the
 * command.
 *
 * A program of its own, since a process that a large interpreter starts counts the memory of the
 * interpreter as its own.
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    struct rusage used;
    double begun = now(), took;
    int status;
    pid_t child;
    FILE *out;

    if (argc < 3) {
        fputs("usage: timed FILE COMMAND [ARGUMENT]...\n", stderr);
        return 2;
    }
    child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &used) != child) {
        perror("timed");
        return 2;
    }
    took = now() - begun;
    out = fopen(argv[1], "w");
    if (!out ||
        fprintf(out, "%.6f %.6f %.6f %ld\n", took, seconds(used.ru_utime), seconds(used.ru_stime),
                used.ru_maxrss) < 0 ||
        fclose(out) != 0) {
        perror(argv[1]);
        return 2;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
