import { byHand, ifSet, missing, needed, never, notOff, service } from '../_families.ts';
import { lookIn, mapsOf, scalar } from '../../server/rule/queries.ts';
import { families } from '../_families.ts';
import { mapOfResource, objectRule } from '../_kubernetes.ts';

const webhook = 'aws_codebuild_webhook';
const starting = 'Whoever may open a pull request runs code of their own with the role of the build.';
const actor = (pattern: string, mark = ''): string => `resource "${webhook}" "ci" {\n  filter_group {\n    filter {\n      type    = "ACTOR_ACCOUNT_ID"\n      pattern = "${pattern}"\n${mark}    }\n  }\n}\n`;

/** What starts builds, and what keeps images. Sources: the provider's pages of the resources; the guides of CodeBuild, CodePipeline and ECR. */
export default [
  ...service('Build trigger', webhook, {
    identity: {
      'codebuild-any-event': ['filter_group', needed, 'starts builds for every event, also pull requests of strangers', {
        severity: 'low', confidence: 'medium', cfn: false, why: starting, noFix: 'The events and people that are meant have to be named.', whenNotToUse: 'For repositories that only members of the team can reach.',
      }],
      'codebuild-unapproved-pull-requests': ['pull_request_build_policy.requires_comment_approval', byHand(ifSet('DISABLED', 'ALL_PULL_REQUESTS', 'FORK_PULL_REQUESTS')), 'builds pull requests of strangers before anybody looked at them', {
        severity: 'medium', cfn: false, why: starting, whenNotToUse: 'For repositories that only members of the team can reach.',
      }],
    },
  }),
  ...service('Build project', 'aws_codebuild_project', {
    identity: {
      'codebuild-template-unapproved-pull-requests': ['triggers.pull_request_build_policy.requires_comment_approval', byHand(ifSet('DISABLED', 'ALL_PULL_REQUESTS', 'FORK_PULL_REQUESTS')), 'builds pull requests of strangers before anybody looked at them', {
        severity: 'medium', terraform: false, why: starting,
      }],
    },
  }),
  objectRule({
    id: 'auth/codebuild-loose-actor',
    title: 'Build trigger whose list of people matches others too',
    severity: 'medium',
    confidence: 'high',
    types: [webhook, 'aws_codebuild_project'],
    what: 'Reports filters of the type `ACTOR_ACCOUNT_ID` whose pattern is not anchored at both ends.',
    why: 'The pattern is searched for anywhere in the number of an account: an account whose number contains a trusted one starts builds.',
    references: families.identity.references,
    whenNotToUse: 'Never.',
    noFix: 'The pattern is put between `^` and `$`, each of its alternatives for itself.',
    file: 'main.tf',
    check: (resource, tell) => {
      for (const path of ['filter_group.filter', 'triggers.filter_groups'])
        for (const value of lookIn(mapOfResource(resource), path).values)
          for (const one of mapsOf(value)) {
            const pattern = one.entries.get('pattern')?.value;
            const text = scalar(pattern);
            if (scalar(one.entries.get('type')?.value) !== 'ACTOR_ACCOUNT_ID' || text === undefined || scalar(one.entries.get('exclude_matched_pattern')?.value) === true) continue;
            const alternatives = String(text).split('|');
            const whole = /^\^\(.*\)\$$/.test(String(text)) || alternatives.every((each) => each.startsWith('^') && each.endsWith('$'));
            if (!whole) tell(pattern, `The filter of "${resource.name}" also lets accounts in whose number only contains ${alternatives.length > 1 ? 'one of these' : 'this one'}.`);
          }
    },
    bad: actor('755743', `${' '.repeat(17)}^^^^^^\n`),
    good: actor('^755743$'),
  }),
  ...service('Pipeline trigger', 'aws_codepipeline_webhook', {
    identity: {
      'pipeline-trigger-any-address': ['authentication_configuration.allowed_ip_range', byHand(never(/^(?:0\.0\.0\.0|::)\/0$/, '0.0.0.0/0', '203.0.113.0/28')), 'is started from every address', { severity: 'medium', noFix: 'The addresses of the service that calls it have to be named.' }],
    },
  }),
  ...service('Source credential', 'aws_codebuild_source_credential', {
    identity: { 'codebuild-basic-sign-in': ['auth_type', byHand(ifSet('BASIC_AUTH', 'CODECONNECTIONS')), 'signs in with the password of a user', { severity: 'info', noFix: 'A connection has to be made first.' }] },
  }),
  ...service('Signing job', 'aws_signer_signing_job', { supply: { 'signing-failure-ignored': ['ignore_signing_job_failure', { must: { is: [false] }, absent: 'fine', set: false }, 'goes on when nothing was signed', { severity: 'low' }] } }),
  ...service('Registry', 'aws_ecr_registry_scanning_configuration', {
    detection: { 'ecr-scan-by-hand': ['rule.scan_frequency', ifSet('MANUAL', 'SCAN_ON_PUSH', 'CONTINUOUS_SCAN'), 'looks for flaws only when it is told to', { cfn: 'rules.scan_frequency' }] },
  }),
  ...service('Registry setting', 'aws_ecr_account_setting', {
    detection: {
      'ecr-old-scanner': ['value', ifSet('CLAIR', 'AWS_NATIVE'), 'looks for flaws with a scanner that is no longer offered', {
        severity: 'info', cfn: false, when: [{ path: 'name', must: { is: ['BASIC_SCAN_TYPE_VERSION'] } }],
      }],
    },
  }),
  ...service('Repository template', 'aws_ecr_repository_creation_template', {
    customerKey: { 'template-repository-without-key': ['encryption_configuration.encryption_type', { ...ifSet('AES256', 'KMS', 'KMS_DSSE') }, 'makes repositories without a customer-managed key', { severity: 'info', noFix: 'The key has to be named.' }] },
  }),
  ...service('Image recipe', 'aws_imagebuilder_container_recipe', {
    atRest: { 'container-recipe-plain': ['instance_configuration.block_device_mapping.ebs.encrypted', notOff, 'builds on disks without encryption', { severity: 'low', cfn: 'instance_configuration.block_device_mappings.ebs.encrypted' }] },
  }),
  ...service('Function', 'aws_lambda_function', {
    supply: { 'lambda-latest-image': ['image_uri', byHand(never(/:latest$/, '111122223333.dkr.ecr.eu-west-1.amazonaws.com/triage:latest', '111122223333.dkr.ecr.eu-west-1.amazonaws.com/triage:1.4.2')), 'runs whatever image bears the tag `latest`', { severity: 'info', cfn: 'code.image_uri|image_uri' }] },
  }),
  ...service('Review', 'aws_codegurureviewer_repository_association', {
    customerKey: { 'code-review-without-key': ['kms_key_details.kms_key_id', needed, 'keeps code without a customer-managed key', { severity: 'info', cfn: false, when: [{ path: 'kms_key_details', must: 'present' }], examples: missing('aws_codegurureviewer_repository_association', '  kms_key_details {\n    encryption_option = "AWS_OWNED_CMK"\n  }\n', '  kms_key_details {\n    kms_key_id = aws_kms_key.main.arn\n  }\n') }] },
  }),
];
