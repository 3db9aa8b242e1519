import type { Json } from '../../formats/json/json-object.js';
import type { KeySpec } from '../options/keys/key.js';

/**
 * What the attributes of a `daemon reload` event (moby daemon/reload.go) say of a key, in the form of the file; null where
 * they do not have it.
 */
export function valueInEvent(
  { proof, shape }: KeySpec,
  attributes: Readonly<Record<string, string>>,
): { readonly value: Json } | null {
  if (proof === undefined || !('event' in proof)) return null;
  const text = attributes[proof.event];
  if (text === undefined) return null;
  if (proof.as === 'go-map') return { value: mapIn(text) };
  return { value: shape === 'integer' || proof.as === 'bytes' ? Number(text) : text };
}

/** `map[buildkit:true cdi:false]`. */
function mapIn(text: string): Json {
  const members = /^map\[(.*)\]$/.exec(text)?.[1] ?? '';
  return Object.fromEntries(
    members
      .split(' ')
      .filter(Boolean)
      .map((member) => {
        const at = member.lastIndexOf(':');
        return [member.slice(0, at), member.slice(at + 1) === 'true'];
      }),
  );
}
