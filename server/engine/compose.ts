import type { TextEdit } from '../model/fix.ts';

/**
 * Joins the edits of several fixes into one set that can be applied at once: equal edits count once (two fixes that add the same
 * import), and a fix any of whose edits overlaps an earlier fix's is left out whole, so that no fix is half applied.
 */
export function composeEdits(fixes: readonly (readonly TextEdit[])[]): { readonly edits: readonly TextEdit[]; readonly applied: readonly number[] } {
  const edits: TextEdit[] = [];
  const applied: number[] = [];
  fixes.forEach((fix, index) => {
    const fresh = fix.filter((edit) => !edits.some((one) => sameEdit(one, edit)));
    if (fresh.some((edit) => edits.some((one) => collide(one, edit)))) return;
    edits.push(...fresh);
    applied.push(index);
  });
  return { edits, applied };
}

/** The text after non-overlapping edits of one document. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits.map((edit, at) => ({ edit, at })).sort((a, b) => b.edit.range.start - a.edit.range.start || b.edit.range.end - a.edit.range.end || b.at - a.at);
  let out = text;
  for (const { edit } of ordered) out = out.slice(0, edit.range.start) + edit.text + out.slice(edit.range.end);
  return out;
}

function sameEdit(a: TextEdit, b: TextEdit): boolean {
  return a.path === b.path && a.range.start === b.range.start && a.range.end === b.range.end && a.text === b.text;
}

/** Insertions at one place do not collide and are applied in order, unless both begin the same block: two keys of one name are an error. */
function collide(a: TextEdit, b: TextEdit): boolean {
  if (a.path !== b.path) return false;
  if (a.range.start === a.range.end && b.range.start === b.range.end) return a.range.start === b.range.start && opening(a.text) !== undefined && opening(a.text) === opening(b.text);
  if (a.range.start === a.range.end || b.range.start === b.range.end) {
    return (a.range.start < b.range.start && b.range.start < a.range.end) || (b.range.start < a.range.start && a.range.start < b.range.end);
  }
  return a.range.start < b.range.end && b.range.start < a.range.end;
}

/** The name of the block that a text of several lines begins with: `security_context {`, `securityContext:`, `"Logging": {`. */
function opening(text: string): string | undefined {
  return /^\s*(?:- )?["']?([\w.-]+)["']?\s*(?:[:=]\s*\{?|\{)[ \t]*\r?\n/.exec(text)?.[1];
}
