import type { Language } from '../source/language.ts';
import type { Origin } from './origin.ts';

/** The code model of one file. Its owner is lower/typescript and lower/python; rules and taint analysis ask it. */
export interface CodeFile {
  readonly path: string;
  readonly language: Language;
  readonly calls: readonly CodeCall[];
}

export interface CodeCall {
  /** Qualified name with import aliases followed: `openai.OpenAI#chat.completions.create`, `torch.load`; undefined when unknown. */
  readonly name: string | undefined;
  readonly origin: Origin;
}
