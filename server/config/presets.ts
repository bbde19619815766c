import { referencesOf } from '../rule/references.ts';
import { categoryOf, type Rule } from '../rule/rule.ts';
import type { PresetName } from './config-shape.ts';

/** Categories whose rules judge code and configuration of AI systems themselves. */
const ai: readonly string[] = ['model-input', 'model-output', 'model-supply-chain', 'agent', 'secrets'];
/** Categories whose rules judge infrastructure. */
const infrastructure: readonly string[] = ['storage', 'transport', 'iam', 'network', 'monitoring', 'workload', 'dependencies', 'secrets', 'auth'];

/** Prefixes of the keys in standards.json that make up a compliance pack. */
const frameworks: Partial<Record<PresetName, readonly string[]>> = {
  hipaa: ['hipaa'],
  pci: ['pci-'],
  'nist-ai': ['nist-ai-rmf', 'nist-800-218A'],
  'owasp-llm': ['owasp-llm', 'owasp-asi'],
  'eu-ai-act': ['eu-ai-act'],
};

/** The controls of a pack that a rule supports, as `164.312(b)`; undefined where the preset is no pack. */
function controlsOf(preset: PresetName, rule: Rule): readonly string[] | undefined {
  const keys = frameworks[preset];
  return keys && referencesOf(rule).filter((one) => keys.some((key) => one.framework.startsWith(key))).map((one) => one.id);
}

/** What a preset says of a rule: on or off, or nothing. */
export function presetLevel(preset: PresetName, rule: Rule): 'on' | 'off' | undefined {
  switch (preset) {
    case 'recommended': return rule.off ? 'off' : 'on';
    case 'strict': return 'on';
    case 'ai-only': return ai.includes(categoryOf(rule.id)) ? undefined : 'off';
    case 'iac-only': return infrastructure.includes(categoryOf(rule.id)) && rule.checks.some((check) => check.on === 'resource' || check.on === 'statement' || check.on === 'text') ? undefined : 'off';
    default: return controlsOf(preset, rule)!.length > 0 ? 'on' : 'off';
  }
}
