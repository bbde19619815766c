import { scalar } from '../../rule/queries.ts';
import type { Check } from '../../rule/rule.ts';
import { stringsOf, type Definition } from './definition.ts';
import { linearPattern } from './pattern.ts';

/** `kind: text`: strings in any format, by pattern, with words that must stand beside them. */
export function textCheck({ map, tell, message }: Definition): Check | undefined {
  const text = map.entries.get('text')?.value;
  const source = text?.kind === 'map' ? text.entries.get('pattern')?.value : undefined;
  if (text?.kind !== 'map' || source?.kind !== 'string') {
    tell(map.entries.get('kind')!.keyOrigin, 'A text rule needs "text" with a "pattern".');
    return undefined;
  }
  const pattern = linearPattern(source.value);
  if ('problem' in pattern) {
    tell(source.at, pattern.problem);
    return undefined;
  }
  const keywords = stringsOf(text.entries.get('keywords')?.value).map((word) => word.toLowerCase());
  const entropy = scalar(text.entries.get('minimumEntropy')?.value);
  const secret = String(scalar(map.entries.get('id')?.value)).startsWith('secrets/');
  return {
    on: 'text',
    check: (item, { report }) => {
      const found = pattern.find(item.value);
      if (!found) return;
      const around = `${item.name ?? ''} ${item.value}`.toLowerCase();
      if (keywords.length > 0 && !keywords.some((word) => around.includes(word))) return;
      if (typeof entropy === 'number' && entropyOf(found.text) < entropy) return;
      // An escape before the match would shift it; then the whole string is marked.
      const plain = item.range.end - item.range.start === item.value.length;
      report({
        at: plain ? { start: item.range.start + found.start, end: item.range.start + found.end } : item.range,
        message: message({ name: item.name ?? 'text', value: secret ? masked(found.text) : found.text }),
      });
    },
  };
}

function masked(text: string): string {
  return text.length < 12 ? '…' : `${text.slice(0, 4)}…${text.slice(-2)}`;
}

/** Shannon entropy in bits a character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}
