"""The system calls that no reader of a file needs, by name, with their numbers on both processors.

Sources of the numbers: the Linux kernel's ``arch/x86/entry/syscalls/syscall_64.tbl`` and
``include/uapi/asm-generic/unistd.h``, which is that of aarch64. A number never changes once it is given.
"""

from __future__ import annotations

from typing import NamedTuple

# Name, number on x86_64, number on aarch64; a dash where the processor has no such call. In the order of the lines:
# sockets; files and folders; programs and processes; signals; how other processes run; shared memory and queues; whole
# classes of kernel interfaces; mounts; the system itself.
TABLE = """
socket 41 198  socketpair 53 199  connect 42 203  accept 43 202  accept4 288 242  bind 49 200  listen 50 201
sendto 44 206  sendmsg 46 211  sendmmsg 307 269  recvfrom 45 207  recvmsg 47 212  recvmmsg 299 243  creat 85 -
openat2 437 437  truncate 76 45  unlink 87 -  unlinkat 263 35  rename 82 -  renameat 264 38  renameat2 316 276
mkdir 83 -  mkdirat 258 34  rmdir 84 -  link 86 -  linkat 265 37  symlink 88 -  symlinkat 266 36  chmod 90 -
fchmod 91 52  fchmodat 268 53  chown 92 -  fchown 93 55  lchown 94 -  fchownat 260 54  mknod 133 -  mknodat 259 33
utime 132 -  utimes 235 -  utimensat 280 88  futimesat 261 -  setxattr 188 5  lsetxattr 189 6  fsetxattr 190 7
removexattr 197 14  lremovexattr 198 15  fremovexattr 199 16  flock 73 32  name_to_handle_at 303 264
open_by_handle_at 304 265  fanotify_init 300 262  execve 59 221  execveat 322 281  fork 57 -  vfork 58 -
ptrace 101 117  process_vm_readv 310 270  process_vm_writev 311 271  process_madvise 440 440  process_mrelease 448 448
kcmp 312 272  pidfd_open 434 434  pidfd_getfd 438 438  pidfd_send_signal 424 424  tkill 200 130
rt_sigqueueinfo 129 138  rt_tgsigqueueinfo 297 240  setpriority 141 140  ioprio_set 251 30  sched_setattr 314 274
sched_setparam 142 118  sched_setscheduler 144 119  sched_setaffinity 203 122  migrate_pages 256 238  move_pages 279 239
shmget 29 194  shmat 30 196  shmctl 31 195  msgget 68 186  msgsnd 69 189  msgrcv 70 188  msgctl 71 187
semget 64 190  semop 65 193  semtimedop 220 192  semctl 66 191  mq_open 240 180  mq_unlink 241 181
io_uring_setup 425 425  io_uring_enter 426 426  io_uring_register 427 427  bpf 321 280
userfaultfd 323 282  perf_event_open 298 241  keyctl 250 219  add_key 248 217  request_key 249 218  mount 165 40
umount2 166 39  pivot_root 155 41  chroot 161 51  fsopen 430 430  fspick 433 433  fsconfig 431 431  fsmount 432 432
move_mount 429 429  open_tree 428 428  mount_setattr 442 442  swapon 167 224  swapoff 168 225  quotactl 179 60
quotactl_fd 443 443  unshare 272 97  setns 308 268  init_module 175 105  finit_module 313 273  delete_module 176 106
kexec_load 246 104  kexec_file_load 320 294  reboot 169 142  acct 163 89  syslog 103 116  sethostname 170 161
setdomainname 171 162  settimeofday 164 170  clock_settime 227 112  adjtimex 159 171  clock_adjtime 305 266
iopl 172 -  ioperm 173 -  modify_ldt 154 -  vhangup 153 58
"""
# Later calls are answered as by a kernel that does not know them, so that nothing new gets past this table.
LAST_NUMBER = 450


class Architecture(NamedTuple):
    """A processor as filters know it.

    Args:
        audit: Its number in ``linux/audit.h``.
        forbidden: The numbers of the calls that are refused whatever their arguments are.
        open: And so on: those that are refused for some of their arguments; None where there is no such call.
    """

    audit: int
    forbidden: tuple[int, ...]
    open: int | None
    openat: int
    clone: int
    clone3: int
    kill: int
    tgkill: int
    prlimit: int
    ioctl: int
    fcntl: int
    seccomp: int


def _column(number: int) -> tuple[int, ...]:
    words = TABLE.split()[number::3]
    return tuple(int(word) for word in words if word != "-")


ARCHITECTURES = {
    "x86_64": Architecture(0xC000003E, _column(1), 2, 257, 56, 435, 62, 234, 302, 16, 72, 317),
    "aarch64": Architecture(0xC00000B7, _column(2), None, 56, 220, 435, 129, 131, 261, 29, 25, 277),
}
