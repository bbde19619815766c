import { nestsDeeper } from '../../base/nesting.ts';
import { cutSchemas, withoutSchemas } from './schemas.ts';
import { isTemplate, withoutActions } from './template-actions.ts';
import { createYamlBuilder } from './yaml-builder.ts';
import { valuesFromEvents, type YamlBounds } from './yaml-events.ts';
import { valuesFromNodes, type YamlFile } from './yaml-nodes.ts';

const bounds: YamlBounds = { nodes: 200_000, depth: 100 };

/**
 * The documents of a YAML file as values. Total. Tags of CloudFormation become their long form (`!Ref x` is `{ Ref: x }`). Well-formed files
 * are read from events, several times as fast as by way of a tree; what is broken, by a parser that goes on after errors.
 */
export function yamlValues(path: string, text: string): YamlFile {
  const looked = cutSchemas(text);
  if (nestsDeeper(looked, bounds.depth) || deepIndent(looked)) return { values: [], errors: [0] };
  const plain = withoutSchemas(isTemplate(text) ? withoutActions(text) : text);
  const builder = createYamlBuilder(path, text, text.includes('{{') || text.includes('{%'));
  const values = valuesFromEvents(plain, builder, bounds);
  return values ? { values, errors: [] } : valuesFromNodes(plain, builder, bounds);
}

const wide = ' '.repeat(400);
const listed = '- '.repeat(100);

function deepIndent(text: string): boolean {
  return (text.includes(wide) || text.includes(listed)) && /^(?:[ ]{400,}|(?:- ){100,})\S/m.test(text);
}
