import type { TSESTree } from '@typescript-eslint/types';
import { nestsDeeper } from '../../base/nesting.ts';
import type { Language } from '../../source/language.ts';
import load from './load.cjs';

export interface ParsedTypeScript {
  /** Undefined when the text nests too deep, or lacks what the conversion cannot do without. */
  readonly program: TSESTree.Program | undefined;
  /** Without a program: where the top-level statements start and end, for most of them can be converted by themselves. */
  readonly parts: readonly (readonly [start: number, end: number])[];
  /** Offsets of syntax errors. */
  readonly errors: readonly number[];
  /** The text is a module: it imports or exports, or reads `import.meta`. */
  readonly isModule: boolean;
}

const deepest = 600;
/** With ranges and locations the conversion does not go through the tree again to delete them. */
const conversion = { allowInvalidAST: true, range: true, loc: true, suppressDeprecatedPropertyWarnings: true } as Parameters<ReturnType<typeof load.estree>['astConverter']>[1];
const unreadable: ParsedTypeScript = { program: undefined, parts: [], errors: [0], isModule: false };

/**
 * Parses TypeScript, JavaScript and JSX. Total. typescript-estree throws on most unfinished code; building the tree with the
 * compiler, setting its diagnostics aside and converting with `allowInvalidAST`, hardly ever does.
 */
export function parseTypeScript(text: string, language: Language): ParsedTypeScript {
  if (nestsDeeper(text, deepest)) return unreadable;
  const ts = load.typescript();
  const { astConverter } = load.estree();
  const jsx = language !== 'typescript';
  const options = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
  let file: ReturnType<typeof ts.createSourceFile>;
  try {
    file = ts.createSourceFile(jsx ? 'module.tsx' : 'module.ts', text, options, true, jsx ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
  } catch {
    // Thousands of tags or casts within each other, which no bracket tells of.
    return unreadable;
  }
  const { parseDiagnostics, externalModuleIndicator } = file as unknown as { readonly parseDiagnostics: readonly { readonly start: number }[]; readonly externalModuleIndicator?: unknown };
  const read = { errors: parseDiagnostics.map((one) => one.start), isModule: externalModuleIndicator !== undefined };
  Object.assign(file, { parseDiagnostics: [] });
  try {
    const { estree } = astConverter(file, conversion, false);
    return { program: estree, parts: [], ...read };
  } catch {
    return { program: undefined, parts: file.statements.map((one) => [one.getStart(file), one.end]), ...read };
  }
}
