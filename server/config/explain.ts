import { sayEnglish, type Say } from '../base/speech/speech.ts';
import { relativeTo, type Step } from './effective.ts';
import type { Configuration } from './configuration.ts';
import type { Rule } from '../rule/rule.ts';

/** Which settings hold for a file, per rule, and where each was decided; in Markdown. Rules at their default are counted only. */
export function explainConfiguration(path: string, rules: readonly Rule[], configuration: Configuration, shown: (file: string) => string, say: Say = sayEnglish): string {
  const { layers } = configuration.chain(path);
  const decision = (step: Step): string => {
    const words = `${shown(step.source)}, ${step.what}`;
    return step.refusedBy ? say('configuration.refused', { decision: words, source: shown(step.refusedBy) }) : words;
  };
  const out = [`# ${say('configuration.title', { file: shown(path) })}`, ''];
  if (configuration.ignores(path)) out.push(say('configuration.ignored', { sources: layers.filter((layer) => layer.ignores(relativeTo(layer.directory, path))).map((layer) => shown(layer.source)).join(', ') }), '');
  const sources = layers.map((layer) => {
    const source = layer.presets.length > 0 ? say('configuration.presets', { source: shown(layer.source), presets: layer.presets.join(', ') }) : shown(layer.source);
    return layer.root ? say('configuration.root', { source }) : source;
  });
  out.push(`## ${say('configuration.sources')}`, '', ...[say('configuration.defaults'), ...sources].map((source, at) => `${at + 1}. ${source}`), '');
  const changed = rules.map((rule) => ({ rule, state: configuration.state(rule, path) })).filter(({ rule, state }) => state.severity !== (rule.off ? 'off' : rule.severity) || state.steps.some((step) => step.source !== 'defaults' && !step.what.startsWith('preset ')));
  out.push(`## ${say('configuration.changed', { changed: changed.length, count: rules.length })}`, '');
  if (changed.length > 0) {
    out.push(`| ${say('configuration.rule')} | ${say('configuration.inForce')} | ${say('configuration.decidedBy')} |`, '| --- | --- | --- |');
    for (const { rule, state } of changed) {
      out.push(`| \`${rule.id}\` | ${state.severity} | ${state.steps.slice(1).map(decision).join('; ').replaceAll('|', '\\|')} |`);
    }
    out.push('');
  }
  const locked = layers.flatMap((layer) => layer.locked.map((selector) => `- ${say('configuration.lockedBy', { rule: `\`${selector}\``, source: shown(layer.source) })}`));
  if (locked.length > 0) out.push(`## ${say('configuration.locked')}`, '', ...locked, '');
  return out.join('\n');
}
