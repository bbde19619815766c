import type { Report, Rule } from '../../server/rule/rule.ts';
import { callRule, constantOf, isFalse, isTrue, option, replaceFix } from '../_calls.ts';
import { sample } from '../_samples.ts';

export default [
  callRule({
    id: 'input-validation/xml-parser-follows-entities', title: 'XML parser that follows what the text names', severity: 'medium', references: ['CWE-611', 'CWE-400', 'SI-10'],
    callees: ['defusedxml.{ElementTree,cElementTree,minidom,sax,pulldom,expatreader,lxml}.{parse,parseString,fromstring,XML,iterparse}', 'lxml.etree.{XMLParser,ETCompatXMLParser,XMLPullParser,iterparse}', 'lxml.objectify.makeparser', 'xml.sax.make_parser().setFeature', 'xml.sax.xmlreader.XMLReader#setFeature', 'xml.sax.expatreader.ExpatParser#setFeature', 'xml.dom.pulldom.SAX2DOM_', 'lxml.etree.XSLTAccessControl_'].filter((one) => !one.endsWith('_')),
    what: 'Reports parsers that are told to load what an XML text names from disk or network, or to lift the limits on its size.', why: 'A text then reads files of the server, calls internal addresses, or fills its memory.', whenNotToUse: 'For files of one’s own.',
    judge: (call): Report | undefined => {
      if (call.name!.endsWith('setFeature')) {
        const [feature, value] = call.args;
        const named = `${feature?.value.name ?? ''} ${String(feature?.value.constant ?? '')}`;
        return /feature_external_[gp]es|external-(?:general|parameter)-entities/.test(named) && (isTrue(value) || constantOf(value) === 1) ? { at: value!.origin, message: 'The parser loads what the text names.', fixes: replaceFix(value!, 'False', 'Load nothing') } : undefined;
      }
      if (call.name!.startsWith('defusedxml.')) { const found = ['forbid_entities', 'forbid_external'].flatMap((key) => option(call, key) ?? []).find(isFalse); return found ? { at: found.origin, message: 'The parser puts in what the text defines or names.', fixes: replaceFix(found, 'True', 'Refuse entities') } : undefined; }
      const network = option(call, 'no_network');
      if (isFalse(network)) return { at: network!.origin, message: 'The parser calls addresses that the text names.', fixes: replaceFix(network!, 'True', 'Stay off the network') };
      const entities = option(call, 'resolve_entities');
      if (isTrue(entities)) return { at: entities!.origin, message: 'The parser puts in the files that the text names.', fixes: replaceFix(entities!, 'False', 'Resolve no entities') };
      const definition = option(call, 'load_dtd') ?? option(call, 'dtd_validation');
      if (isTrue(definition)) return { at: definition!.origin, severity: 'low', message: 'The parser loads the definition that the text names.' };
      const huge = option(call, 'huge_tree');
      return isTrue(huge) ? { at: huge!.origin, severity: 'low', message: 'A small text may grow without a limit while it is read.' } : undefined;
    },
    examples: [{ file: 'feed.py', bad: sample(['from lxml import etree', 'parser = etree.XMLParser(resolve_entities=«True»)']), fixed: sample(['from lxml import etree', 'parser = etree.XMLParser(resolve_entities=False)']), good: sample(['from lxml import etree', 'parser = etree.XMLParser(resolve_entities=False, no_network=True)']) }],
  }),
] satisfies readonly Rule[];
