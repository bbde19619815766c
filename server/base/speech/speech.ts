import { english } from './english.ts';
import { bundleFor } from './languages.ts';

export type MessageId = keyof typeof english;

/** Names of the values that a sentence has places for. */
type Places<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Places<Rest> : never;
type Values<Id extends MessageId> = [Places<(typeof english)[Id]>] extends [never] ? [] : [Readonly<Record<Places<(typeof english)[Id]>, string | number>>];

/** A sentence by its id, with its values. */
export interface Say {
  <Id extends MessageId>(id: Id, ...values: Values<Id>): string;
  /** A text that stands elsewhere in English, such as the title of a threat, by the id that bundles have for it. */
  readonly other: (id: string, text: string) => string;
}

/** A language's sentences by id; those that are missing are said in English. */
export type Bundle = Readonly<Record<string, string>>;

/** How the server speaks to one person. */
export interface Speech {
  readonly say: Say;
  /** Changes to the language of a locale such as `de-AT`, where there is a bundle for it. */
  readonly use: (locale: string | undefined) => void;
}

export function createSpeech(bundle: (name: string) => Bundle | undefined = () => undefined): Speech {
  let spoken: Bundle = english;
  const sentence = <Id extends MessageId>(id: Id, ...[values]: Values<Id>): string => fill(spoken[id] ?? english[id], values ?? {});
  return {
    say: Object.assign(sentence, { other: (id: string, text: string) => spoken[id] ?? text }),
    use: (locale) => {
      const name = locale === undefined ? undefined : bundleFor(locale);
      spoken = (name === undefined ? undefined : bundle(name)) ?? english;
    },
  };
}

/** For all that has no person's language: the command line, reports. */
export const { say: sayEnglish } = createSpeech();

/** Things that are known by ids: what an id is called. */
export type Family = 'severity' | 'state' | 'stride' | 'kind' | 'flow' | 'control';

const families: ReadonlySet<string> = new Set<Family>(['severity', 'state', 'stride', 'kind', 'flow', 'control']);

export function nameOf(say: Say, family: Family, id: string): string {
  const message = `${family}.${id.toLowerCase().replaceAll(' ', '-')}`;
  return message in english ? say(message as `severity.high`) : id.replaceAll('-', ' ');
}

/** All that is known by an id, as `kind.data-store`, with what it is called. */
export function namesIn(say: Say): Bundle {
  const ids = Object.keys(english).filter((id) => families.has(id.slice(0, id.indexOf('.'))));
  return Object.fromEntries(ids.map((id) => [id, say(id as `severity.high`)]));
}

function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
