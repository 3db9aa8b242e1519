/** A program at the beginning: a command, to be typed as it is. */
const COMMAND =
  /^(?:sudo |DOCKERCTL_\w+=\S+ )?(?:dockerctl|docker|systemctl|journalctl|podman|openssl|ulimit|apt|apt-get|mount|umount|chattr|chmod|chown|mkdir|ls|rm|rmdir|mv|cp|cat|ip|iptables|kubectl|update-ca-certificates|crictl|ctr|nsenter|modprobe|sysctl|service|curl|ss|kill|findmnt|stat|df|git|certutil|keytool|timedatectl|loginctl) [a-z{/-]/;
const OURS =
  /^(?:config|daemon|mirrors|trust|insecure|cgroup|runtime|certs|service) (?:show|get|set|unset|edit|import-flags|diff|validate|schema|history|rollback|status|reload|restart|logs|list|add|remove|test|clear|add-registry|remove-registry|verify|migrate|add-ca|remove-ca|list-cas|set-default|init|issue|sign|renew|revoke|crl|check|inspect|export|import|deploy|targets|install)\b(?! [a-z]+ [a-z]+ )/;
/** Lines of TOML, YAML, units and scripts. */
const CONFIGURATION = /^(?:#|\[|-{1,2}[a-z]|[\w."{}-]+ ?=|[A-Za-z]+:$|[a-z]+:\S|kind: )/;

const WORD = /^[("'“[▲✔✖ ]*(?:[A-Za-z][a-z]+|a|A|I)(?:['’-][a-z]+)*[)"'”\].,:;!?…]*$/;

/** Three words of prose, one behind the other. */
const SPOKEN = /(?:^|[\s(])[a-z]{2,}[,:;]? [a-z]+[,:;]? [a-z]{2,}(?=$|[\s.,:;)?!…])/;

/** What looks like a command, or like nothing, and is said. */
const SAID = /\{\d+\} s\b|^docker info \{/;

/** Whether a text is a sentence of English, or a part of one, and no path, command, name, key or single word. */
export function isProse(text) {
  if (/^(?:[#.]|\/\/)/.test(text)) return false;
  if (SAID.test(text)) return true;
  if (/^[^`]*[a-z]\.$/.test(text) && SPOKEN.test(text)) return true;
  if (COMMAND.test(text) && !/[.;,] |: |^docker (?:is|has|does)/.test(text)) return false;
  if (SPOKEN.test(text.replace(/`[^`]*`/g, ' ` '))) return true;
  if (OURS.test(text) || CONFIGURATION.test(text)) return false;
  // What stands in backquotes is typed; a value is no word.
  const bare = text.replace(/`[^`]*`/g, ' ` ').replace(/\{\d+\}/g, ' {} ');
  const words = bare.split(/\s+/).filter((token) => WORD.test(token));
  const letters = bare.replace(/[^A-Za-z]/g, '').length;
  if (letters < 4 || !/[a-z]{2}/.test(words.join(' '))) return false;
  if (words.length > 1) return true;
  const [word = ''] = words;
  // A name with a value beside it says nothing.
  return (
    word !== '' &&
    bare.trim() !== word &&
    letters >= 5 &&
    !/^(?:dockerctl|dockerd|docker|daemon)\b/.test(word)
  );
}
