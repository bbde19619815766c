/** A pod with these lines below `spec`, and `before` among its metadata. */
export const pod = (lines: readonly string[], before: readonly string[] = []): string =>
  ['apiVersion: v1', 'kind: Pod', 'metadata:', '  name: trainer', ...before, 'spec:', ...lines, ''].join('\n');
/** The container of a pod, with these lines. */
export const container = (...lines: readonly string[]): readonly string[] => [
  '  containers:',
  '    - name: train',
  '      image: registry.example.com/train@sha256:0',
  ...lines.map((line) => `      ${line}`),
];
