declare const load: {
  typescript: () => typeof import('typescript');
  estree: () => typeof import('@typescript-eslint/typescript-estree');
};
export default load;
