import { RE2JS } from 're2js';

/** A regular expression that runs in linear time, whatever the text; backreferences and look-around are refused when it is compiled. */
export interface LinearPattern {
  readonly test: (text: string) => boolean;
  /** Range of the first group, or of the match where the pattern has none; the first one in the text. */
  readonly find: (text: string) => { readonly start: number; readonly end: number; readonly text: string } | undefined;
}

const longest = 1000;

export function linearPattern(source: string): LinearPattern | { readonly problem: string } {
  if (source.length > longest) return { problem: `The pattern is longer than ${longest} characters.` };
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(source);
  } catch (error) {
    return { problem: `The pattern cannot be used: ${error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : 'wrong syntax'}. Backreferences and look-around are not allowed.` };
  }
  return {
    test: (text) => compiled.matcher(text).find(),
    find: (text) => {
      const matcher = compiled.matcher(text);
      if (!matcher.find()) return undefined;
      const group = matcher.groupCount() > 0 && matcher.start(1) >= 0 ? 1 : 0;
      return { start: matcher.start(group), end: matcher.end(group), text: text.slice(matcher.start(group), matcher.end(group)) };
    },
  };
}
