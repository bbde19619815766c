import { lookIn, type Value } from '../../server/rule/queries.ts';
import type { ResourceContext } from '../../server/rule/rule.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';

const { transit } = families;
const types = ['azurerm_api_management_policy', 'azurerm_api_management_api_policy', 'azurerm_api_management_api_operation_policy', 'azurerm_api_management_product_policy'];

/** Where a pattern stands in the texts of a policy. */
function places(value: Value, pattern: RegExp, { sources }: ResourceContext): readonly Value[] {
  const { path, range } = value.origin;
  const text = sources.document(path)?.text.slice(range.start, range.end) ?? '';
  return [...text.matchAll(pattern)].map((match) => ({ ...value, at: { path, range: { start: range.start + match.index, end: range.start + match.index + match[0].length } } }));
}

const anyOrigin = /<origin>\s*\*\s*<\/origin>/g;
const plainBackend = /<set-backend-service\s[^>]*base-url=\\?"http:\/\/(?!localhost|127\.)[^"]*\\?"/g;

const policy = (inbound: string, mark?: string): string =>
  ['resource "azurerm_api_management_api_policy" "chat" {', '  xml_content = <<XML', `<policies><inbound>${inbound}</inbound></policies>`, ...(mark === undefined ? [] : [`${' '.repeat(`<policies><inbound>${inbound}`.indexOf(mark))}${'^'.repeat(mark.length)}`]), 'XML', '}', ''].join('\n');

export default [
  objectRule({
    id: 'auth/api-policy-any-origin',
    title: 'API policy that accepts every site',
    severity: 'medium',
    types,
    file: 'main.tf',
    what: 'Reports `<origin>*</origin>` in the policies of API gateways.',
    why: 'Every site that a signed-in user opens can call the API in the name of that user.',
    references: ['CWE-942', 'AC-4'],
    noFix: 'The sites that call the API have to be named.',
    whenNotToUse: 'For public data that is read without a sign-in.',
    check: (resource, tell, context) => {
      for (const value of lookIn(mapOfResource(resource), 'xml_content').values.concat(lookIn(mapOfResource(resource), 'properties.value').values)) {
        for (const place of places(value, anyOrigin, context)) tell(place, `Policy "${resource.name}" accepts cross-origin requests from every site.`);
      }
    },
    bad: policy('<cors><allowed-origins><origin>*</origin></allowed-origins></cors>', '<origin>*</origin>'),
    good: policy('<cors><allowed-origins><origin>https://app.example.com</origin></allowed-origins></cors>'),
  }),
  objectRule({
    id: 'transport/api-policy-http-backend',
    title: 'API policy with a backend over plain HTTP',
    severity: 'medium',
    types,
    file: 'main.tf',
    what: 'Reports backends that policies of API gateways name with `http://`.',
    why: transit.why,
    references: transit.references,
    noFix: 'The backend has to be called by https://.',
    whenNotToUse: 'For backends in the same network that know no TLS.',
    check: (resource, tell, context) => {
      for (const value of lookIn(mapOfResource(resource), 'xml_content').values.concat(lookIn(mapOfResource(resource), 'properties.value').values)) {
        for (const place of places(value, plainBackend, context)) tell(place, `Policy "${resource.name}" calls its backend over plain HTTP.`);
      }
    },
    bad: policy('<set-backend-service base-url="http://models.example.com" />', '<set-backend-service base-url="http://models.example.com"'),
    good: policy('<set-backend-service base-url="https://models.example.com" />'),
  }),
];
