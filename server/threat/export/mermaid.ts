import type { Element, ThreatModel } from '../../model/threat.ts';

const shapes: Readonly<Record<Element['kind'], readonly [string, string]>> = {
  external: ['[', ']'], identity: ['[', ']'], process: ['(', ')'], notebook: ['(', ')'], job: ['(', ')'], endpoint: ['([', '])'], pipeline: ['[[', ']]'], agent: ['{{', '}}'], tool: ['(', ')'], model: ['{{', '}}'], prompt: ['>', ']'], 'data-store': ['[(', ')]'], 'vector-store': ['[(', ')]'], secret: ['[(', ')]'],
};

/** A Mermaid flowchart with boundaries as subgraphs; broken lines are not encrypted. */
export function mermaid(model: ThreatModel): string {
  const ids = new Map(model.elements.map((element, at) => [element.id, `e${at}`]));
  const out = ['flowchart LR'];
  model.boundaries.forEach((boundary, at) => {
    out.push(`  subgraph b${at}["${text(boundary.name)}"]`);
    for (const element of model.elements.filter((one) => one.boundary === boundary.id)) {
      const open = model.threats.filter((threat) => threat.element === element.id && threat.state === 'open').length;
      const [left, right] = shapes[element.kind];
      out.push(`    ${ids.get(element.id)}${left}"${text(element.name)}${open > 0 ? `<br/>${open} open ${open === 1 ? 'threat' : 'threats'}` : ''}"${right}`);
    }
    out.push('  end');
  });
  for (const flow of model.flows) out.push(`  ${ids.get(flow.from)} ${flow.encrypted === false ? '-.->' : '-->'}|${text([flow.action, ...flow.dataClasses].join(', '))}| ${ids.get(flow.to)}`);
  return `${out.join('\n')}\n`;
}

/** Text of the workspace must not become syntax. */
function text(words: string): string {
  return words.replace(/[\u0000-\u001f"<>|#;`{}[\]()]/g, (character) => (character < ' ' ? ' ' : `#${character.charCodeAt(0)};`));
}
