/* Stands between a program and the disk: counts, records, refuses or ends its writing calls.
 *
 * Loaded with LD_PRELOAD. Until disk_watch() names a folder everything passes. Calls on files in
 * that folder are counted; the file "ledger" is recorded but never counted, refused or cut.
 *
 * A record of the log, in the machine's byte order: operation (1 byte), length of the first and
 * of the second path (4 each), offset and size (8 each), the paths, the bytes written.
 * C created, W written, T length set, S flushed, R renamed, L linked, U removed.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { PASS, FAIL_ONCE, FAIL_ON, KILL, TEAR, LIE }; /* as Call in disk.py */
enum { FILES = 4096 };

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
static char folder[PATH_MAX];
static char *paths[FILES]; /* of the watched files, by descriptor */
static int log_file = -1, how = PASS, error_number = 0, deaf = 0;
static long calls = 0, at = 0;

void disk_watch(const char *root) { snprintf(folder, sizeof folder, "%s/", root); }
void disk_record(const char *log) {
  log_file = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND, 0600);
}
void disk_arm(long number, int what, int error) {
  calls = 0; at = number; how = what; error_number = error;
}
void disk_deafen(int yes) { deaf = yes; }
long disk_calls(void) { return calls; }

static int watched(const char *path) {
  size_t length = strlen(folder);
  return length > 1 && !strncmp(path, folder, length);
}

static int is_ledger(const char *path) {
  const char *name = strrchr(path, '/');
  return name && !strcmp(name, "/ledger");
}

static void absolute(int from, const char *path, char *out) {
  char base[PATH_MAX] = "", link[64];
  if (path[0] == '/') { snprintf(out, PATH_MAX, "%s", path); return; }
  if (from == AT_FDCWD) {
    if (!getcwd(base, sizeof base)) base[0] = 0;
  } else {
    snprintf(link, sizeof link, "/proc/self/fd/%d", from);
    ssize_t length = readlink(link, base, sizeof base - 1);
    base[length < 0 ? 0 : length] = 0;
  }
  if (snprintf(out, PATH_MAX, "%s/%s", base, path) >= PATH_MAX) out[0] = 0;
}

static void record(char op, const char *one, const char *two, uint64_t offset, uint64_t size,
                   const void *data) {
  if (log_file < 0) return;
  uint32_t first = strlen(one), second = two ? strlen(two) : 0;
  struct iovec parts[] = {{&op, 1}, {&first, 4}, {&second, 4}, {&offset, 8}, {&size, 8},
                          {(void *)one, first}, {(void *)two, second},
                          {(void *)data, data ? size : 0}};
  syscall(SYS_writev, log_file, parts, 8);
}

/* Counts a call. True when it is to fail; does not return when the program is to end here.
   TEAR lets a write do a part first, LIE has it say that it did all: told by *other. */
static int refused(const char *path, int *other) {
  if (is_ledger(path)) return 0;
  calls++;
  if (how == PASS || at <= 0 || calls < at || (calls > at && how != FAIL_ON && how != LIE))
    return 0;
  if ((how == TEAR || how == LIE) && other) { *other = how; return 0; }
  if (how == LIE) return 0;
  if (how == KILL || how == TEAR) raise(SIGKILL);
  errno = error_number;
  return 1;
}

static const char *path_of(int file) { return file >= 0 && file < FILES ? paths[file] : NULL; }

static void forget(int file) {
  if (file >= 0 && file < FILES && paths[file]) { free(paths[file]); paths[file] = NULL; }
}

static int opened(int from, const char *name, int flags, mode_t mode) {
  char path[PATH_MAX];
  struct stat found;
  absolute(from, name, path);
  if (!watched(path)) {
    int file = syscall(SYS_openat, from, name, flags, mode), kept = errno;
    pthread_mutex_lock(&turn); forget(file); pthread_mutex_unlock(&turn);
    errno = kept;
    return file;
  }
  pthread_mutex_lock(&turn);
  int made = (flags & O_CREAT) && syscall(SYS_newfstatat, AT_FDCWD, path, &found, 0) != 0;
  if ((made || (flags & O_TRUNC)) && refused(path, NULL)) {
    pthread_mutex_unlock(&turn);
    return -1;
  }
  int file = syscall(SYS_openat, from, name, flags, mode), kept = errno;
  forget(file);
  if (file >= 0 && file < FILES) {
    paths[file] = strdup(path);
    if (made) record('C', path, NULL, 0, 0, NULL);
    else if (flags & O_TRUNC) record('T', path, NULL, 0, 0, NULL);
  }
  pthread_mutex_unlock(&turn);
  errno = kept;
  return file;
}

#define OPENS(from, name, flags)                                  \
  va_list more; va_start(more, flags);                            \
  mode_t mode = va_arg(more, mode_t); va_end(more);               \
  return opened(from, name, flags, mode);
int open(const char *name, int flags, ...) { OPENS(AT_FDCWD, name, flags) }
int open64(const char *name, int flags, ...) { OPENS(AT_FDCWD, name, flags) }
int openat(int from, const char *name, int flags, ...) { OPENS(from, name, flags) }
int openat64(int from, const char *name, int flags, ...) { OPENS(from, name, flags) }

int close(int file) {
  pthread_mutex_lock(&turn); forget(file); pthread_mutex_unlock(&turn);
  return syscall(SYS_close, file);
}

static ssize_t written(int file, const void *data, size_t size, off_t offset, int placed) {
  int other = PASS;
  struct stat found;
  pthread_mutex_lock(&turn);
  const char *path = path_of(file);
  if (!path) {
    pthread_mutex_unlock(&turn);
    return placed ? syscall(SYS_pwrite64, file, data, size, offset)
                  : syscall(SYS_write, file, data, size);
  }
  if (refused(path, &other)) { pthread_mutex_unlock(&turn); return -1; }
  if (other == LIE) { pthread_mutex_unlock(&turn); return size; }
  if (other == TEAR) size /= 2;
  if (!placed) {
    offset = syscall(SYS_lseek, file, 0, SEEK_CUR);
    if ((fcntl(file, F_GETFL) & O_APPEND) && !fstat(file, &found)) offset = found.st_size;
  }
  ssize_t done = placed ? syscall(SYS_pwrite64, file, data, size, offset)
                        : syscall(SYS_write, file, data, size);
  if (other == TEAR) raise(SIGKILL);
  if (done > 0) record('W', path, NULL, offset, done, data);
  pthread_mutex_unlock(&turn);
  return done;
}
ssize_t write(int file, const void *data, size_t size) { return written(file, data, size, 0, 0); }
ssize_t pwrite(int file, const void *data, size_t size, off_t offset) {
  return written(file, data, size, offset, 1);
}
ssize_t pwrite64(int file, const void *data, size_t size, off64_t offset) {
  return written(file, data, size, offset, 1);
}

/* Copies within the kernel are not seen here; callers then copy by read and write. */
static ssize_t by_hand(int out) {
  pthread_mutex_lock(&turn); int ours = path_of(out) != NULL; pthread_mutex_unlock(&turn);
  if (ours) errno = EINVAL;
  return ours;
}
ssize_t sendfile(int out, int in, off_t *offset, size_t size) {
  return by_hand(out) ? -1 : syscall(SYS_sendfile, out, in, offset, size);
}
ssize_t sendfile64(int out, int in, off64_t *offset, size_t size) {
  return by_hand(out) ? -1 : syscall(SYS_sendfile, out, in, offset, size);
}

static int shortened(int file, off_t size) {
  pthread_mutex_lock(&turn);
  const char *path = path_of(file);
  if (path && refused(path, NULL)) { pthread_mutex_unlock(&turn); return -1; }
  int failed = syscall(SYS_ftruncate, file, size);
  if (path && !failed) record('T', path, NULL, size, 0, NULL);
  pthread_mutex_unlock(&turn);
  return failed;
}
int ftruncate(int file, off_t size) { return shortened(file, size); }
int ftruncate64(int file, off64_t size) { return shortened(file, size); }

/* A watched file is not really flushed: what a power cut takes is worked out from the log. */
static int flushed(int file, int number) {
  pthread_mutex_lock(&turn);
  const char *path = path_of(file);
  int failed = path ? refused(path, NULL) : 0;
  if (path && !failed && !deaf) record('S', path, NULL, 0, 0, NULL);
  pthread_mutex_unlock(&turn);
  if (!path) return syscall(number, file);
  return failed ? -1 : 0;
}
int fsync(int file) { return flushed(file, SYS_fsync); }
int fdatasync(int file) { return flushed(file, SYS_fdatasync); }

static int named(char op, int number, int from, const char *one, int to, const char *two,
                 int flags) {
  char source[PATH_MAX], target[PATH_MAX];
  absolute(from, one, source);
  absolute(to, two, target);
  int ours = watched(source) || watched(target);
  pthread_mutex_lock(&turn);
  if (ours && refused(target, NULL)) { pthread_mutex_unlock(&turn); return -1; }
  int failed = syscall(number, from, one, to, two, flags);
  if (ours && !failed) record(op, source, target, 0, 0, NULL);
  pthread_mutex_unlock(&turn);
  return failed;
}
int rename(const char *one, const char *two) {
  return named('R', SYS_renameat2, AT_FDCWD, one, AT_FDCWD, two, 0);
}
int renameat(int from, const char *one, int to, const char *two) {
  return named('R', SYS_renameat2, from, one, to, two, 0);
}
int link(const char *one, const char *two) {
  return named('L', SYS_linkat, AT_FDCWD, one, AT_FDCWD, two, 0);
}
int linkat(int from, const char *one, int to, const char *two, int flags) {
  return named('L', SYS_linkat, from, one, to, two, flags);
}

static int removed(int from, const char *name, int flags) {
  char path[PATH_MAX];
  absolute(from, name, path);
  int ours = watched(path) && !(flags & AT_REMOVEDIR);
  pthread_mutex_lock(&turn);
  if (ours && refused(path, NULL)) { pthread_mutex_unlock(&turn); return -1; }
  int failed = syscall(SYS_unlinkat, from, name, flags);
  if (ours && !failed) record('U', path, NULL, 0, 0, NULL);
  pthread_mutex_unlock(&turn);
  return failed;
}
int unlink(const char *name) { return removed(AT_FDCWD, name, 0); }
int unlinkat(int from, const char *name, int flags) { return removed(from, name, flags); }
