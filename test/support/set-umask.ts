// What tests make is as open as they say: Debian's umask of a user with a group of his own is 0002, root's 0022.
process.umask(0o022);
