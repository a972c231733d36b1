/* SPDX-License-Identifier: MIT */
/* Runs every file of the given folders (or the files given) through a fuzz target: what `make
 * check` does with the corpora. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static unsigned long ran;

static int replay_file(const char *path, size_t n)
{
    FILE *f = fopen(path, "rb");
    uint8_t *data = malloc(n + 1);
    if (!f || !data || fread(data, 1, n, f) != n) {
        fprintf(stderr, "replay: cannot read '%s'\n", path);
        exit(3);
    }
    fclose(f);
    LLVMFuzzerTestOneInput(data, n);
    free(data);
    ran++;
    return 0;
}

static int replay(const char *path);

static int replay_folder(const char *path)
{
    struct dirent **list;
    int n = scandir(path, &list, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        char *inside = malloc(strlen(path) + strlen(list[i]->d_name) + 2);
        if (inside && list[i]->d_name[0] != '.') {
            sprintf(inside, "%s/%s", path, list[i]->d_name);
            replay(inside);
        }
        free(inside);
        free(list[i]);
    }
    if (n >= 0)
        free(list);
    return n < 0 ? -1 : 0;
}

static int replay(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0) {
        fprintf(stderr, "replay: no '%s'\n", path);
        exit(3);
    }
    return S_ISDIR(st.st_mode) ? replay_folder(path) : replay_file(path, (size_t)st.st_size);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        replay(argv[i]);
    printf("%lu inputs\n", ran);
    return ran ? 0 : 1;
}
