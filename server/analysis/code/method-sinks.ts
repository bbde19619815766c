import type { CodeCall } from './events.ts';
import type { Interpreter } from './interpreter.ts';
import { hostTaints, sink } from './sinks.ts';

/** Methods of Django’s managers that take SQL. */
const managers = /\.objects(?:\.\w+\(\))*\.(?:raw|extra)$/;

/** Methods of pages that take markup. */
const markup = /\.(?:insertAdjacentHTML|setHTMLUnsafe|createContextualFragment|parseHTMLUnsafe)$/;

/** Look-ups of Django by field, which a peer must not name: `user__password__startswith`. */
const fieldLookups = /\.objects(?:\.\w+\(\))*\.(?:filter|exclude|get)$/;

/** Sinks that are known by how their call is written. */
export function writtenSinks(interpreter: Interpreter, record: CodeCall, text: string): void {
  const { args, name } = record;
  if (args.length === 0) return;
  if (interpreter.scope.python && text.includes('objects')) {
    const raw = /(?:^|\.)objects$/.test(text) ? args.find((one) => one.name === '__raw__') : undefined;
    if (raw) sink(interpreter, 'nosql', raw.value, raw.node, raw.origin, 'objects.__raw__', record);
    if (fieldLookups.test(text)) {
      for (const one of args) if (one.spread === 'map') sink(interpreter, 'nosql', one.value, one.node, one.origin, `objects.${text.slice(text.lastIndexOf('.') + 1)}`, record, one.value.taints);
    }
    if (managers.test(text)) {
      for (const one of args) if (one.name === undefined ? one === args[0] : /^(?:where|select|tables|order_by)$/.test(one.name)) sink(interpreter, 'sql', one.value, one.node, one.origin, text.endsWith('raw') ? 'objects.raw' : 'objects.extra', record);
    }
  }
  if (markup.test(text) || ((text.endsWith('.write') || text.endsWith('.writeln')) && /(?:\.document|[wW]in(?:dow)?|[dD]oc)\.write(?:ln)?$/.test(text) && !name?.startsWith('document.'))) {
    const last = args.at(-1)!;
    sink(interpreter, 'html', last.value, last.node, last.origin, text.split('.').at(-1)!, record);
  }
  if (args.length > 1 && text.endsWith('.setAttribute')) attributeSink(interpreter, record);
}

/** A picture that is loaded from elsewhere leads nobody there. */
const picture = /(?:^|\.|[a-z])(?:[iI]mg|[iI]mage|[pP]icture|[aA]vatar|[iI]con|[tT]humbnail|[vV]ideo|[aA]udio|[lL]ogo|[pP]hoto)\w*\.setAttribute$/;

/** `element.setAttribute('href', value)` */
function attributeSink(interpreter: Interpreter, record: CodeCall): void {
  const [key, given] = record.args;
  const attribute = key!.value.constant;
  if (typeof attribute !== 'string') return;
  if (/^(?:on[a-z]+|srcdoc)$/i.test(attribute)) sink(interpreter, 'html', given!.value, given!.node, given!.origin, attribute, record);
  else if (/^(?:href|src|action|formaction|xlink:href)$/i.test(attribute) && !(attribute === 'src' && picture.test(record.written))) sink(interpreter, 'redirect', given!.value, given!.node, given!.origin, `a ${attribute}`, record, hostTaints(given!.value));
}
