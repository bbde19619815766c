// ESLint as teams run it for security: eslint-plugin-sonarjs and eslint-plugin-security with their recommended rules.
import parser from '@typescript-eslint/parser';
import security from 'eslint-plugin-security';
import sonarjs from 'eslint-plugin-sonarjs';

export default [
  { files: ['**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}'], languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } }, linterOptions: { reportUnusedDisableDirectives: 'off' }, ...sonarjs.configs.recommended },
  { files: ['**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}'], ...security.configs.recommended },
];
