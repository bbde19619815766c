import type { TextRange } from '../../base/range.ts';
import { parseHcl } from '../../syntax/hcl/parse.ts';

/** A `data` block as it is written. */
export interface DataSource {
  readonly type: string;
  readonly name: string;
  readonly range: TextRange;
  /** Of the name, without quotes. */
  readonly nameRange: TextRange;
  /** Attributes by name: where their value stands, and the value of a plain string. */
  readonly attributes: ReadonlyMap<string, { readonly range: TextRange; readonly text?: string }>;
}

/** The whole `data` blocks of a Terraform text. */
export function dataSources(text: string): readonly DataSource[] {
  return parseHcl(text).body.blocks.flatMap((block): DataSource[] => {
    const [type, name] = block.labels;
    if (block.type !== 'data' || !type || !name || !block.whole) return [];
    const attributes = new Map(block.body.attributes.map(({ name: key, value }) => {
      const only = value.kind === 'template' && value.parts.length === 1 ? value.parts[0] : undefined;
      return [key, { range: value.range, ...(typeof only === 'string' ? { text: only } : {}) }] as const;
    }));
    return [{ type: type.text, name: name.text, range: block.range, nameRange: name.range, attributes }];
  });
}
