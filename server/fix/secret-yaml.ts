import { beginsAsJson } from '../base/json-text.ts';
import type { Document } from '../source/document.ts';
import type { EditIntent, Printed, TextEdit } from '../model/fix.ts';
import type { Sources } from '../source/sources.ts';
import type { LiteralPlace } from './secret.ts';

/** `DB_PASSWORD` as the logical id of a parameter: `DbPassword`. */
function logicalId(variable: string): string {
  return variable.toLowerCase().split('_').map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}

/** A parameter with NoEcho, and a reference to it in place of the value. */
export function cloudFormationParameter({ document, start, end, quote, variable }: LiteralPlace): readonly TextEdit[] | undefined {
  const { text, path, language } = document;
  const id = logicalId(variable);
  const from = start - quote.length;
  const to = end + quote.length;
  const json = language === 'json' || beginsAsJson(text);
  const reference: TextEdit = { path, range: { start: from, end: to }, text: json ? `{ "Ref": "${id}" }` : `!Ref ${id}` };
  if (declares(text, json, id)) return [reference];
  if (json) {
    const parameters = /"Parameters"\s*:\s*\{/.exec(text);
    if (parameters) {
      const at = parameters.index + parameters[0].length;
      return [{ path, range: { start: at, end: at }, text: ` "${id}": { "Type": "String", "NoEcho": true },` }, reference];
    }
    const resources = text.indexOf('"Resources"');
    return resources < 0 ? undefined : [{ path, range: { start: resources, end: resources }, text: `"Parameters": { "${id}": { "Type": "String", "NoEcho": true } },\n${indentOf(text, resources)}` }, reference];
  }
  const parameters = /^Parameters:[ \t]*\r?\n/m.exec(text);
  if (parameters) {
    const at = parameters.index + parameters[0].length;
    const unit = /^[ ]+/.exec(text.slice(at))?.[0] ?? '  ';
    return [{ path, range: { start: at, end: at }, text: `${unit}${id}:\n${unit}${unit}Type: String\n${unit}${unit}NoEcho: true\n` }, reference];
  }
  const resources = /^Resources:/m.exec(text);
  return resources ? [{ path, range: { start: resources.index, end: resources.index }, text: `Parameters:\n  ${id}:\n    Type: String\n    NoEcho: true\n` }, reference] : undefined;
}

/** Whether the template's parameters have one of that name. */
function declares(text: string, json: boolean, id: string): boolean {
  const section = json ? /"Parameters"\s*:\s*\{[\s\S]*?(?="(?:Resources|Mappings|Conditions|Outputs)"\s*:|$)/.exec(text) : /^Parameters:[\s\S]*?(?=^[A-Za-z]|(?![\s\S]))/m.exec(text);
  return section !== null && new RegExp(`^\\s*["']?${id}["']?\\s*:|[{,]\\s*"${id}"\\s*:`, 'm').test(section[0]);
}

/** `value: …` of a container's environment as a reference to a Secret. */
export function kubernetesReference({ document, literalStart, literalEnd, start, end, variable }: LiteralPlace): readonly TextEdit[] | undefined {
  return start === literalStart && end === literalEnd ? secretKeyRef(document, start, end, 'app-secrets', variable.toLowerCase().replaceAll('_', '-')) : undefined;
}

function secretKeyRef({ text, path }: Document, start: number, end: number, secret: string, key: string): readonly TextEdit[] | undefined {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const match = /^([ ]*)(- )?value:[ ]*(["']?)$/.exec(text.slice(lineStart, start));
  if (!match || match[2]) return undefined;
  const indent = match[1]!;
  return [{
    path, range: { start: lineStart + indent.length, end: end + match[3]!.length },
    text: `valueFrom:\n${indent}  secretKeyRef:\n${indent}    name: ${secret}\n${indent}    key: ${key}`,
  }];
}

/** A key of a Secret that the cluster fetches from a vault, and the entry by which it does. */
export function printSecretKey({ origin, secret, key, entry }: Extract<EditIntent, { kind: 'literalToSecretKey' }>, sources: Sources): Printed {
  const document = sources.document(origin.path);
  const edits = document && secretKeyRef(document, origin.range.start, origin.range.end, secret, key);
  return edits && [...edits, { path: entry.path, range: { start: entry.at, end: entry.at }, text: entry.text }];
}

/** CloudFormation fetches the value when it deploys; the template never holds it. */
export function printDynamicReference({ origin, secret }: Extract<EditIntent, { kind: 'literalToDynamicReference' }>, sources: Sources): Printed {
  const text = sources.document(origin.path)?.text;
  if (text === undefined || !isTemplate(text)) return undefined;
  const { start, end } = origin.range;
  const quotedAlready = /["']/.test(text[start - 1] ?? '') && text[end] === text[start - 1];
  const reference = `{{resolve:secretsmanager:${secret}}}`;
  return [{ path: origin.path, range: origin.range, text: quotedAlready ? reference : `'${reference}'` }];
}

export function isTemplate(text: string): boolean {
  return /AWSTemplateFormatVersion|["']?Type["']?\s*:\s*["']?AWS::/.test(text);
}

export function composeVariable({ document, start, end }: LiteralPlace): readonly TextEdit[] {
  const { text, path } = document;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const name = /([A-Za-z_]\w*)["']?\s*[:=]\s*["']?$/.exec(text.slice(lineStart, start))?.[1];
  return [{ path, range: { start, end }, text: `\${${name ?? 'SECRET'}:?}` }];
}

function indentOf(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at) + 1))![0];
}
