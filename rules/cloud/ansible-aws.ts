import { lookIn, scalar, truth, type Value } from '../../server/rule/queries.ts';
import { file, play } from '../_ansible-samples.ts';
import { families } from '../_families.ts';
import { rewrite } from '../_fixes.ts';
import { mapOfResource, objectRule, textAt } from '../_kubernetes.ts';

const isFalse = (value: Value): boolean => truth(value) === false;

/** Tasks of Ansible that make or change what AWS runs, beyond what the tables of its services say of every dialect. */
export default [
  objectRule({
    id: 'auth/assume-role-without-mfa',
    title: 'Role assumed without a second factor',
    severity: 'low',
    confidence: 'medium',
    types: ['ansible_sts_assume_role'],
    file,
    what: 'Reports `sts_assume_role` without a token of a second factor.',
    why: families.identity.why,
    references: families.identity.references,
    check: (resource, tell) => {
      if (resource.complete && (!resource.attributes.has('mfa_token') || !resource.attributes.has('mfa_serial_number')))
        tell(undefined, `Task "${resource.name}" assumes a role without a second factor.`);
    },
    bad: play('- name: assume', '  sts_assume_role:', '  ^^^^^^^^^^^^^^^', '    role_arn: arn:aws:iam::111122223333:role/ops'),
    good: play('- name: assume', '  sts_assume_role:', '    role_arn: arn:aws:iam::111122223333:role/ops', '    mfa_serial_number: a', '    mfa_token: b'),
  }),
  objectRule({
    id: 'transport/ansible-api-gateway-certificate',
    title: 'API Gateway called without checking its certificate',
    severity: 'medium',
    confidence: 'medium',
    types: ['ansible_api_gateway'],
    file,
    what: 'Reports `validate_certs: false` of the API Gateway module.',
    why: families.transit.why,
    references: families.transit.references,
    check: (resource, tell) => {
      const value = resource.attributes.get('validate_certs')?.value;
      if (value && isFalse(value)) tell(value, `Task "${resource.name}" does not check certificates.`);
    },
    bad: play('- name: api', '  api_gateway:', '    validate_certs: no', '                    ^^'),
    good: play('- name: api', '  api_gateway:', '    validate_certs: yes'),
  }),
  ...(
    [
      ['tracing_enabled', 'monitoring/ansible-api-gateway-tracing', 'traces no requests'],
      ['endpoint_type', 'network/ansible-api-gateway-public', 'makes an API that the internet can reach'],
    ] as const
  ).map(([key, id, problem]) =>
    objectRule({
      id,
      title: `API Gateway that ${problem}`,
      severity: 'info',
      types: ['ansible_api_gateway'],
      file,
      what: `Reports \`${key}\` of the API Gateway module.`,
      why: families.logging.why,
      references: families.logging.references,
      check: (resource, tell) => {
        const value = resource.attributes.get(key)?.value;
        if (key === 'endpoint_type' ? value !== undefined && scalar(value) !== 'PRIVATE' : value !== undefined && isFalse(value))
          tell(value, `Task "${resource.name}" ${problem}.`);
      },
      bad: play(
        '- name: api',
        '  api_gateway:',
        `    ${key}: ${key === 'endpoint_type' ? 'EDGE' : 'false'}`,
        `${' '.repeat(key.length + 6)}${key === 'endpoint_type' ? '^^^^' : '^^^^^'}`,
      ),
      good: play('- name: api', '  api_gateway:', `    ${key}: ${key === 'endpoint_type' ? 'PRIVATE' : 'true'}`),
    }),
  ),
  objectRule({
    id: 'network/ansible-api-without-waf',
    title: 'API Gateway without a web application firewall',
    severity: 'info',
    confidence: 'low',
    types: ['ansible_api_gateway'],
    file,
    what: 'Reports APIs of plays that associate no web ACL.',
    why: families.filter.why,
    references: families.filter.references,
    check: (resource, tell, context) => {
      if (
        !(context.unit.byType.get('aws_wafv2_web_acl_association') ?? []).some((one) =>
          /apigateway/.test(textAt(one, 'arn') ?? textAt(one, 'resource_arn') ?? 'apigateway'),
        )
      )
        tell(undefined, `The API of task "${resource.name}" has no web application firewall.`);
    },
    bad: play('- name: api', '  api_gateway:', '  ^^^^^^^^^^^', '    stage: production'),
    good: play(
      '- name: api',
      '  api_gateway:',
      '    stage: production',
      '- name: waf',
      '  wafv2_resources:',
      '    arn: "arn:aws:apigateway:eu-west-1::/restapis/a/stages/b"',
    ),
  }),
  objectRule({
    id: 'monitoring/ansible-load-balancer-deletion',
    title: 'Load balancer that can be deleted without further ado',
    severity: 'info',
    types: ['ansible_elb_application_lb'],
    file,
    what: 'Reports `deletion_protection: false` of load balancers.',
    why: families.recovery.why,
    references: families.recovery.references,
    check: (resource, tell) => {
      const value = resource.attributes.get('deletion_protection')?.value;
      if (value && isFalse(value)) tell(value, `Task "${resource.name}" makes a load balancer that can be deleted without further ado.`, rewrite(value, 'true'));
    },
    bad: play('- name: front', '  elb_application_lb:', '    deletion_protection: false', '                         ^^^^^'),
    good: play('- name: front', '  elb_application_lb:', '    deletion_protection: true'),
    fixed: true,
  }),
  objectRule({
    id: 'transport/ansible-listener-http',
    title: 'Load balancer that accepts plain HTTP',
    severity: 'medium',
    types: ['ansible_elb_application_lb'],
    file,
    what: 'Reports listeners with `Protocol: HTTP` that do not redirect.',
    why: families.transit.why,
    references: families.transit.references,
    noFix: 'A certificate is needed first.',
    check: (resource, tell) => {
      for (const listener of lookIn(mapOfResource(resource), 'listeners').values.flatMap((value) => (value.kind === 'list' ? value.items : [value]))) {
        if (listener.kind !== 'map' || lookIn(listener, 'default_actions.type').values.some((value) => scalar(value) === 'redirect')) continue;
        const protocol = lookIn(listener, 'protocol').values[0];
        if (protocol && /^HTTP$/i.test(String(scalar(protocol)))) tell(protocol, `Load balancer of task "${resource.name}" accepts plain HTTP.`);
      }
    },
    bad: play('- name: lb', '  elb_application_lb:', '    listeners:', '      - Protocol: HTTP', '                  ^^^^'),
    good: play('- name: lb', '  elb_application_lb:', '    listeners:', '      - Protocol: HTTPS'),
  }),
  objectRule({
    id: 'transport/ansible-listener-tls',
    title: 'Load balancer with outdated TLS',
    severity: 'medium',
    confidence: 'medium',
    types: ['ansible_elb_application_lb', 'aws_elb'],
    file,
    what: 'Reports listeners with an outdated TLS policy.',
    why: families.oldTls.why,
    references: families.oldTls.references,
    check: (resource, tell) => {
      if (resource.dialect !== 'ansible') return;
      for (const value of lookIn(mapOfResource(resource), 'listeners.ssl_policy').values)
        if (/2015|2016|TLS-1-[01]|FS-2018/.test(String(scalar(value)))) tell(value, `Load balancer of task "${resource.name}" accepts outdated TLS versions.`);
    },
    bad: play(
      '- name: lb',
      '  elb_application_lb:',
      '    listeners:',
      '      - Protocol: HTTPS',
      '        SslPolicy: ELBSecurityPolicy-2015-05',
      '                   ^^^^^^^^^^^^^^^^^^^^^^^^^',
    ),
    good: play('- name: lb', '  elb_application_lb:', '    listeners:', '      - Protocol: HTTPS', '        SslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06'),
  }),
  objectRule({
    id: 'monitoring/config-rule-encrypted-volumes',
    title: 'Configuration without a rule for encrypted disks',
    severity: 'info',
    confidence: 'low',
    types: ['aws_config_config_rule'],
    file,
    what: 'Reports configurations of AWS Config in which no rule checks that disks are encrypted.',
    why: families.detection.why,
    references: families.detection.references,
    check: (resource, tell, context) => {
      const all = context.unit.byType.get('aws_config_config_rule') ?? [];
      if (
        all[0]?.address === resource.address &&
        !all.some((one) => /ENCRYPTED_VOLUMES/i.test(textAt(one, 'source.identifier') ?? textAt(one, 'source.source_identifier') ?? ''))
      )
        tell(undefined, 'No rule of AWS Config checks that disks are encrypted.');
    },
    bad: play('- name: config', '  config_rule:', '  ^^^^^^^^^^^', '    source:', '      identifier: S3_BUCKET_PUBLIC_WRITE_PROHIBITED'),
    good: play('- name: config', '  config_rule:', '    source:', '      identifier: ENCRYPTED_VOLUMES'),
  }),
];
