import { decisionStates } from '../threat/decisions.ts';
import type { Shape } from './shape.ts';

/** What may stand in `.wardline/threat-model.yaml`. */
export const threatShape: Extract<Shape, { kind: 'map' }> = {
  kind: 'map',
  keys: {
    decisions: {
      shape: {
        kind: 'list', most: 5000,
        of: {
          kind: 'map', required: ['threat', 'state', 'reason'],
          keys: {
            threat: { shape: { kind: 'string' }, description: 'Id of the threat, as the threat model shows it.' },
            state: { shape: { kind: 'string', values: decisionStates }, description: 'What was decided.' },
            reason: { shape: { kind: 'string' }, description: 'Why.' },
            by: { shape: { kind: 'string' }, description: 'Who decided.' },
            until: { shape: { kind: 'string', pattern: /^\d{4}-\d{2}-\d{2}$/, patternHint: 'a date as 2027-01-31' }, description: 'The last day on which the decision holds.' },
          },
        },
      },
      description: 'Decisions on threats, reviewed with the code.',
    },
  },
};

export function isThreatFile(path: string): boolean {
  return /(?:^|\/)\.wardline\/threat-model\.ya?ml$/.test(path);
}
