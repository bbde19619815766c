import type { TSESTree } from '@typescript-eslint/types';
import { nestsDeeper } from '../../base/nesting.ts';
import type { Language } from '../../source/language.ts';
import load from './load.cjs';

export interface ParsedTypeScript {
  readonly program: TSESTree.Program | undefined;
  /** The text has syntax errors, nests too deep or is too long to be read. */
  readonly broken: boolean;
}

const deepest = 600;

/**
 * Parses TypeScript, JavaScript and JSX. Total. typescript-estree throws on most unfinished code; building the tree with the
 * compiler, setting its diagnostics aside and converting with `allowInvalidAST` never does.
 */
export function parseTypeScript(text: string, language: Language): ParsedTypeScript {
  if (nestsDeeper(text, deepest)) return { program: undefined, broken: true };
  const ts = load.typescript();
  const { parse } = load.estree();
  const jsx = language !== 'typescript';
  try {
    const file = ts.createSourceFile(jsx ? 'module.tsx' : 'module.ts', text, ts.ScriptTarget.Latest, true, jsx ? ts.ScriptKind.TSX : ts.ScriptKind.TS) as unknown as { parseDiagnostics: unknown[] };
    const broken = file.parseDiagnostics.length > 0;
    file.parseDiagnostics = [];
    const program = parse(file as unknown as string, { allowInvalidAST: true, range: true, loc: true, jsx, suppressDeprecatedPropertyWarnings: true });
    return { program, broken };
  } catch {
    return { program: undefined, broken: true };
  }
}
