import { modify, applyEdits as applyJson, parse as parseJson } from 'jsonc-parser';
import { isMap, isSeq, parseDocument } from 'yaml';
import { joinPath } from '../base/path.ts';
import { configNames } from '../config/file.ts';
import { relativeTo } from '../config/effective.ts';
import type { Finding } from '../model/finding.ts';
import type { TextEdit } from '../model/fix.ts';
import type { Document } from '../source/document.ts';
import { isComponent, type Language } from '../source/language.ts';
import type { Sources } from '../source/sources.ts';
import { placeInComponent, type Dialect } from '../lower/component/place.ts';
import { baselineId, baselineName, parseBaseline, printBaseline } from './baseline.ts';
import { beginsInLiteral } from './literals.ts';
import { suppressionComment } from './suppressions.ts';

/** A change that records a decision: edits of documents that are there, or the text of a new file. */
export type Decision = { readonly edits: readonly TextEdit[] } | { readonly create: string; readonly text: string };

export interface SuppressOptions {
  readonly scope: 'line' | 'file';
  readonly reason: string;
  readonly until?: string;
  readonly fingerprint: string;
  /** The folder whose configuration takes suppressions that cannot stand in the file. */
  readonly folder: string;
  /** The file of the finding: for joined cells the notebook. */
  readonly file: string;
}

/** Writes a suppression: a comment in the language's syntax, or an entry in the configuration where no comment can stand. */
export function decideSuppression(finding: Finding, options: SuppressOptions, sources: Sources): Decision | undefined {
  const document = sources.document(finding.path);
  if (!document) return undefined;
  const { text, lines } = document;
  const { line } = lines.position(finding.range.start);
    const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const target = options.scope === 'line' ? line : firstFreeLine(text, lines.count, lines.range);
  const range = lines.range(target);
  const language = commentLanguage(document, range.start);
  const comment = language && suppressionComment(language, options.scope, finding.ruleId, options.reason, options.until);
  if (comment === undefined || beginsInLiteral(document, line)) return configured(finding, options, sources);
  const indent = options.scope === 'line' ? /^[ \t]*/.exec(text.slice(range.start, range.end))![0] : '';
  return { edits: [{ path: finding.path, range: { start: range.start, end: range.start }, text: `${indent}${comment}${eol}` }] };
}

/** The language whose comments can stand where a line begins; undefined within a tag. */
function commentLanguage({ language, text }: Document, offset: number): Language | undefined {
  if (!isComponent(language)) return language;
  const { kind } = placeInComponent(text, language as Dialect, offset);
  return kind === 'script' ? 'typescript' : kind === 'markup' ? 'xml' : undefined;
}

/** Below the lines that must come first: an interpreter line, an encoding, a YAML directive, a Docker parser directive. */
function firstFreeLine(text: string, count: number, range: (line: number) => { readonly start: number; readonly end: number }): number {
  let line = 0;
  while (line < Math.min(count - 1, 5)) {
    const at = range(line);
    if (!/^(?:#!|#.*coding[:=]|%YAML|<\?xml|# *(?:syntax|escape|check) *=|---\s*$)/.test(text.slice(at.start, at.end))) break;
    line++;
  }
  return line;
}

function configured(finding: Finding, { reason, until, fingerprint, folder, scope, file }: SuppressOptions, sources: Sources): Decision | undefined {
  const path = configNames.map((name) => joinPath(folder, `.wardline/${name}`)).find((one) => sources.exists(one));
  const entry = { rule: finding.ruleId, path: relativeTo(folder, file), ...(scope === 'line' ? { fingerprint } : {}), reason, ...(until ? { until } : {}) };
  if (path === undefined) return { create: joinPath(folder, '.wardline/config.yaml'), text: `suppressions:\n  entries:\n${entryLines(entry, '    ')}` };
  const document = sources.document(path);
  if (!document) return undefined;
  const { text } = document;
  if (path.endsWith('.json')) {
    const entries = (parseJson(text) as { suppressions?: { entries?: unknown[] } } | undefined)?.suppressions?.entries;
    const at = Array.isArray(entries) ? entries.length : 0;
    const edits = modify(text, ['suppressions', 'entries', at], entry, { isArrayInsertion: Array.isArray(entries), formattingOptions: { insertSpaces: true, tabSize: 2 } });
    return { edits: [{ path, range: { start: 0, end: text.length }, text: applyJson(text, edits) }] };
  }
  return { edits: [insertEntry(path, text, entry)] };
}

/** Inserts a list entry into a YAML file and leaves all else as it is written. */
function insertEntry(path: string, text: string, entry: Readonly<Record<string, string>>): TextEdit {
  const parsed = parseDocument(text, { logLevel: 'silent', strict: false });
  const suppressions: unknown = isMap(parsed.contents) ? parsed.contents.get('suppressions', true) : undefined;
  const entries: unknown = isMap(suppressions) ? suppressions.get('entries', true) : undefined;
  const columnOf = (offset: number): number => offset - (text.lastIndexOf('\n', offset - 1) + 1);
  if (isSeq(entries) && !entries.flow && entries.items.length > 0 && entries.range) {
    const at = lineEndAfter(text, entries.range[1]);
    return insertion(path, text, at, entryLines(entry, ' '.repeat(Math.max(0, columnOf((entries.items[0] as { range: [number, number, number] }).range[0]) - 2))));
  }
  if (isMap(suppressions) && !suppressions.flow && suppressions.range && !entries) {
    const indent = ' '.repeat(columnOf(suppressions.range[0]));
    return insertion(path, text, lineEndAfter(text, suppressions.range[1]), `${indent}entries:\n${entryLines(entry, `${indent}  `)}`);
  }
  if (suppressions !== undefined && parsed.contents) {
    parsed.addIn(['suppressions', 'entries'], parsed.createNode(entry));
    return { path, range: { start: 0, end: text.length }, text: parsed.toString() };
  }
  return insertion(path, text, text.length, `suppressions:\n  entries:\n${entryLines(entry, '    ')}`);
}

function insertion(path: string, text: string, at: number, added: string): TextEdit {
  const before = at > 0 && text[at - 1] !== '\n' ? '\n' : '';
  return { path, range: { start: at, end: at }, text: before + added };
}

/** The start of the line after an offset, or the end of the text. */
function lineEndAfter(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset;
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at + 1;
}

function entryLines(entry: Readonly<Record<string, string>>, indent: string): string {
  return Object.entries(entry).map(([key, value], at) => `${indent}${at === 0 ? '- ' : '  '}${key}: ${/^[A-Za-z][\w/.-]*(?: [\w/.-]+)*$/.test(value) ? value : JSON.stringify(value)}\n`).join('');
}

/** Adds one finding to the baseline of its folder. */
export function decideBaseline(finding: Finding, options: { readonly fingerprint: string; readonly folder: string; readonly file: string }, sources: Sources): Decision | undefined {
  const path = joinPath(options.folder, baselineName);
  const document = sources.exists(path) ? sources.document(path) : undefined;
  const known = document ? parseBaseline(document.text) : { salt: newSalt(), entries: [] };
  if ('problem' in known) return undefined;
  const entry = { rule: finding.ruleId, path: relativeTo(options.folder, options.file), id: baselineId(known.salt, options.fingerprint) };
  const text = printBaseline({ salt: known.salt, entries: [...known.entries, entry] });
  return document ? { edits: [{ path, range: { start: 0, end: document.text.length }, text }] } : { create: path, text };
}

/** 128 random bits, hexadecimal. */
export function newSalt(): string {
  return [...globalThis.crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
