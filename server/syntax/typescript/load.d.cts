declare const load: {
  typescript: () => Pick<typeof import('typescript'), 'createSourceFile' | 'JSDocParsingMode' | 'ScriptKind' | 'ScriptTarget'>;
  estree: () => typeof import('@typescript-eslint/typescript-estree/use-at-your-own-risk');
};
export default load;
