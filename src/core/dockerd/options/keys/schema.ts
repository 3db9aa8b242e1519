import { z } from 'zod';
import { enginesOf, isKnown, KEYS } from './keys.js';
import type { Shape } from './key.js';
import type { EngineVersion } from './version.js';

/** daemon.json as this engine decodes it: the types of the keys that it knows, and no others. */
export function configSchema(engine: EngineVersion): z.ZodObject {
  const known = KEYS.filter((key) => isKnown(key, engine));
  return z.strictObject(
    Object.fromEntries(
      known.map((key) => [
        key.name,
        schemaOf(key.shape)
          .meta({ description: `dockerd: ${enginesOf(key)}` })
          .optional(),
      ]),
    ),
  );
}

/** JSON Schema (draft 2020-12) of daemon.json, for editors. */
export function configJsonSchema(engine: EngineVersion): Record<string, unknown> {
  return { title: 'daemon.json of dockerd', ...z.toJSONSchema(configSchema(engine)) };
}

function schemaOf(shape: Shape): z.ZodType {
  if (shape === 'boolean') return z.boolean();
  if (shape === 'string') return z.string();
  if (shape === 'integer') return z.int();
  if (shape === 'unsigned') return z.int().nonnegative();
  if ('list' in shape) return z.array(schemaOf(shape.list));
  if ('map' in shape) return z.record(z.string(), schemaOf(shape.map));
  const fields = Object.entries(shape.fields).map(([name, field]) => [
    name,
    schemaOf(field).optional(),
  ]);
  return z.looseObject(Object.fromEntries(fields) as Record<string, z.ZodType>);
}
