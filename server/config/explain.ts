import { relativeTo } from './effective.ts';
import type { Configuration } from './configuration.ts';
import type { Rule } from '../rule/rule.ts';

/** Which settings hold for a file, per rule, and where each was decided; in Markdown. Rules at their default are counted only. */
export function explainConfiguration(path: string, rules: readonly Rule[], configuration: Configuration, shown: (file: string) => string): string {
  const { layers } = configuration.chain(path);
  const out = [`# Configuration of ${shown(path)}`, ''];
  if (configuration.ignores(path)) out.push(`The file is not analysed: an \`ignore\` of ${layers.filter((layer) => layer.ignores(relativeTo(layer.directory, path))).map((layer) => shown(layer.source)).join(', ')} matches.`, '');
  out.push('## Sources, the last one wins', '', '1. defaults', ...layers.map((layer, at) => `${at + 2}. ${shown(layer.source)}${layer.presets.length > 0 ? ` (presets ${layer.presets.join(', ')})` : ''}${layer.root ? ' (root)' : ''}`), '');
  const changed = rules.map((rule) => ({ rule, state: configuration.state(rule, path) })).filter(({ rule, state }) => state.severity !== (rule.off ? 'off' : rule.severity) || state.steps.some((step) => step.source !== 'defaults' && !step.what.startsWith('preset ')));
  out.push(`## Rules that differ from their default or were decided (${changed.length} of ${rules.length})`, '');
  if (changed.length > 0) {
    out.push('| rule | in force | decided by |', '| --- | --- | --- |');
    for (const { rule, state } of changed) {
      out.push(`| \`${rule.id}\` | ${state.severity} | ${state.steps.slice(1).map((step) => `${shown(step.source)}, ${step.what}${step.refusedBy ? ` — refused: locked by ${shown(step.refusedBy)}` : ''}`).join('; ').replaceAll('|', '\\|')} |`);
    }
    out.push('');
  }
  const locked = layers.flatMap((layer) => layer.locked.map((selector) => `- \`${selector}\` by ${shown(layer.source)}`));
  if (locked.length > 0) out.push('## Locked rules', '', ...locked, '');
  return out.join('\n');
}
