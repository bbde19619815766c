import type { ArtefactReport, ModelSigner } from '../artefact/report.ts';
import type { Language } from '../source/language.ts';
import type { Notebook } from '../source/notebook.ts';

/** All that the engine asks of the world. The Node host reads the disk; the language server puts open editors in front. */
export interface EngineHost {
  /** Text of a file, or undefined when it is missing, unreadable, binary or above the limit, in bytes; the host has one of its own. Decoded, BOM removed. */
  readonly read: (path: string, limit?: number) => string | undefined;
  /** Why the last reading of a file gave no text, where it is there; in words for a person. */
  readonly unread?: (path: string) => string | undefined;
  readonly exists: (path: string) => boolean;
  /** Names in a directory, sorted by code unit; folders end with '/'. Ignored and vendored folders are left out. */
  readonly list: (directory: string) => readonly string[];
  /** The language that the editor gives an open document, where its name does not tell. */
  readonly language?: (path: string) => Language | undefined;
  /** The day, `2026-11-27`, by which suppressions expire. Without it none does. */
  readonly today?: () => string;
  /** What a model or data file would do to who loads it, and whether it is what was locked and what `signers` signed; undefined for all other files. Cheap for those, cached for these. */
  readonly inspect?: (path: string, signers?: readonly ModelSigner[]) => ArtefactReport | undefined;
  /** SHA-256 of a file in hexadecimal, read without holding anybody up; undefined when it cannot be read. */
  readonly digest?: (path: string) => Promise<string | undefined>;
  /** Calls back for every file that `inspect` has not waited for, when its report is there. */
  readonly inspected?: (listener: (path: string) => void) => void;
  /** Settles when `inspect` has a report for all that it was asked. */
  readonly inspectionsSettled?: () => Promise<void>;
  /** A notebook that is open in the editor. */
  readonly notebook?: (path: string) => Notebook | undefined;
}
