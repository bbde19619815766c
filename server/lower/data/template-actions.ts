import type { TextRange } from '../../base/range.ts';

/** Stands for a template action: `{{ .Values.x }}` of Helm, `{% %}` of Jinja. A string that holds it is unknown. */
export const hole = '\ue000';
/** Lines below an action that are looked at for what belongs to it. */
const farthest = 30;

/** True where a text has actions that its parser must not see. */
export function isTemplate(text: string): boolean {
  return (text.includes('{{') && !isWorkflow(text)) || text.includes('{%');
}

/** Workflows and pipelines keep their expressions, `${{ github.event.issue.title }}`: rules read them. */
function isWorkflow(text: string): boolean {
  return text.includes('${{') && /^(?:jobs|runs|steps|stages|extends|parameters)\s*:/m.test(text) && !/(?<!\$)\{\{/.test(text);
}

/**
 * Template actions replaced by holes of equal length. Lines that hold nothing else become blank, and so does an action behind a key whose
 * value goes on below: `labels: {{ include "labels" . | nindent 4 }}` and then further labels.
 */
export function withoutActions(text: string): string {
  let out = '';
  let at = 0;
  for (let open = nextAction(text, 0); open >= 0;) {
    const end = endOfAction(text, open);
    if (end < 0) {
      open = nextAction(text, open + 1);
      continue;
    }
    let from = open;
    while (from > at && isBlank(text.charCodeAt(from - 1))) from--;
    let to = end;
    while (to < text.length && isBlank(text.charCodeAt(to))) to++;
    const begins = from === 0 || isBreak(text.charCodeAt(from - 1));
    const ends = to === text.length || isBreak(text.charCodeAt(to));
    if (begins && ends) out += text.slice(at, from) + filled(text.slice(from, to), ' ');
    else out += text.slice(at, open) + filled(text.slice(open, end), ends && goesOnBelow(text, open, to) ? ' ' : hole) + text.slice(end, to);
    at = to;
    open = nextAction(text, to);
  }
  return out + text.slice(at);
}

/** Where a line begins with an action, offsets in order. */
export function actionLines(text: string): readonly number[] {
  const out: number[] = [];
  for (let open = nextAction(text, 0); open >= 0; open = nextAction(text, open + 2)) {
    let from = open;
    while (from > 0 && isBlank(text.charCodeAt(from - 1))) from--;
    if (from === 0 || isBreak(text.charCodeAt(from - 1))) out.push(open);
  }
  return out;
}

/** The text between `{{ if }}` or `{{ with }}` and its `{{ end }}`: keys in it may be there or not. */
export function conditionalBlocks(text: string): readonly TextRange[] {
  const open: { readonly start: number; readonly conditional: boolean }[] = [];
  const out: TextRange[] = [];
  for (const match of text.matchAll(/\{\{-?\s*(if|with|range|define|block|end)\b/g)) {
    if (match[1] !== 'end') open.push({ start: match.index, conditional: match[1] === 'if' || match[1] === 'with' });
    else {
      const begun = open.pop();
      if (begun?.conditional) out.push({ start: begun.start, end: match.index });
    }
  }
  return out;
}

/** The action on the line below a key, which writes its value: `securityContext:` and `{{- toYaml .Values.securityContext | nindent 8 }}`. */
export function actionBelow(text: string, end: number): TextRange | undefined {
  const match = /^["']?[ \t]*:[ \t]*(?:#[^\n]*)?\r?\n\s*(\{\{(?:(?!\}\})[\s\S])*\}\}|\{%)/.exec(text.slice(end, end + 600));
  const start = match ? end + match[0].length - match[1]!.length : 0;
  return match ? { start, end: start + match[1]!.length } : undefined;
}

/** Whether an action stands behind a key, before a value that goes on below it. */
export function actionBehind(text: string, end: number): boolean {
  return /^["']?[ \t]*:[ \t]+\{[{%]/.test(text.slice(end, end + 40));
}

function nextAction(text: string, from: number): number {
  for (let at = text.indexOf('{', from); at >= 0; at = text.indexOf('{', at + 1)) {
    const second = text.charCodeAt(at + 1);
    if (second === 123 || second === 37) return at;
  }
  return -1;
}

function endOfAction(text: string, open: number): number {
  const close = text.indexOf(text.charCodeAt(open + 1) === 123 ? '}}' : '%}', open + 2);
  return close < 0 ? -1 : close + 2;
}

function filled(action: string, by: string): string {
  return action.includes('\n') || action.includes('\r') ? action.replace(/[^\r\n]/g, by) : by.repeat(action.length);
}

/** Whether an action is all that stands behind a key, and keys or items of the value follow below it. */
function goesOnBelow(text: string, open: number, end: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', open) + 1, open);
  const key = /^((?:[ \t]|- +)*)[^\s#'"{[-][^#'"{[]*:[ \t]+$/.exec(line);
  if (!key) return false;
  const column = key[1]!.length;
  for (let at = text.indexOf('\n', end) + 1, count = 0; at > 0 && count < farthest; count++) {
    const stop = text.indexOf('\n', at);
    const next = text.slice(at, stop < 0 ? text.length : stop);
    const content = next.trim();
    if (content === '' || content.startsWith('#')) at = stop + 1;
    else if (/^\{[{%]/.test(content)) {
      const after = endOfAction(text, at + next.indexOf('{'));
      if (after < 0) return false;
      const rest = text.indexOf('\n', after);
      if (text.slice(after, rest < 0 ? text.length : rest).trim() !== '') return false;
      at = rest + 1;
    } else {
      const indent = next.length - next.trimStart().length;
      const item = content.startsWith('- ');
      return (indent > column || (item && indent === column && !key[1]!.includes('-'))) && (item || /^[^\s'"{[][^'"{[]*:(?:\s|$)/.test(content));
    }
  }
  return false;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

function isBreak(code: number): boolean {
  return code === 10 || code === 13;
}
