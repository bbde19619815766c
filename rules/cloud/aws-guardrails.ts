import { lookIn, scalar } from '../../server/rule/queries.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';

const filter = (type: string, strength: string, mark = ''): string => `    filters_config {\n      type            = "${type}"\n${mark}      input_strength  = "HIGH"\n      output_strength = "${strength}"\n    }\n`;
const guardrail = (filters: string, mark = ''): string => `resource "aws_bedrock_guardrail" "chat" {\n${mark}  content_policy_config {\n${filters}  }\n}\n`;

/** What the filters of a guardrail do together. */
export default [
  objectRule({
    id: 'network/guardrail-without-attack-filter',
    title: 'Guardrail that does not look for injected instructions',
    severity: 'low',
    confidence: 'medium',
    types: ['aws_bedrock_guardrail'],
    what: 'Reports guardrails of Bedrock that filter content but have no filter of the type `PROMPT_ATTACK`.',
    why: 'Jailbreaks and instructions that stand in what the model reads pass unhindered; the other filters look for harmful words only.',
    references: ['LLM01:2025', 'AISF-AI-04', 'SI-10'],
    whenNotToUse: 'Where another guardrail looks for attacks.',
    noFix: 'The strength of the filter depends on what users write.',
    file: 'main.tf',
    check: (resource, tell) => {
      const found = lookIn(mapOfResource(resource), 'content_policy_config.filters_config.type');
      const types = found.values.map(scalar);
      if (found.unknown || types.length === 0 || types.includes(undefined) || types.includes('PROMPT_ATTACK')) return;
      tell(undefined, `Guardrail "${resource.name}" does not look for injected instructions.`);
    },
    bad: guardrail(filter('HATE', 'HIGH'), `${' '.repeat(34)}^^^^\n`),
    good: guardrail(filter('HATE', 'HIGH') + filter('PROMPT_ATTACK', 'NONE')),
  }),
];
