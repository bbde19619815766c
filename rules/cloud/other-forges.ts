import { byHand, ifSet, needed, never, notOff, notOn, on, service } from '../_families.ts';

/** Forges and content networks beyond repositories and branches. Sources: the providers' pages of the resources. */
export default [
  ...service('Environment', 'github_repository_environment', {
    supply: {
      'github-environment-bypassed': ['can_admins_bypass', notOn, 'lets administrators deploy past its reviewers', { severity: 'low' }],
      'github-environment-unreviewed': ['reviewers', needed, 'is deployed to without a review', { severity: 'info' }],
      'github-environment-self-review': ['prevent_self_review', notOff, 'lets people approve their own deployments', { severity: 'low' }],
    },
  }),
  ...service('Rights of workflows', ['github_workflow_repository_permissions', 'github_actions_organization_workflow_permissions'], {
    privilege: {
      'github-workflows-write': ['default_workflow_permissions', ifSet('write', 'read'), 'let every workflow write', { severity: 'medium' }],
      'github-workflows-approve': ['can_approve_pull_request_reviews', notOn, 'let workflows approve changes', { severity: 'medium' }],
    },
  }),
  ...service('Rules of branches', ['github_repository_ruleset', 'github_organization_ruleset'], {
    supply: {
      'github-ruleset-off': ['enforcement', ifSet('disabled', 'active', 'evaluate'), 'are switched off', { severity: 'medium' }],
      'github-ruleset-few-approvals': ['rules.pull_request.required_approving_review_count', { must: { least: 1 }, absent: 'fine', set: 1, sample: { bad: 0 } }, 'ask for no approval', { severity: 'low' }],
    },
  }),
  ...service('Organization', 'github_organization_settings', {
    privilege: {
      'github-members-publish': ['members_can_create_public_repositories', notOn, 'lets members publish code', { severity: 'info' }],
      'github-members-fork': ['members_can_fork_private_repositories', notOn, 'lets members copy private code', { severity: 'info' }],
    },
  }),
  ...service('Rights', ['github_repository_collaborator', 'github_team_repository', 'github_membership'], {
    privilege: { 'github-administrator': ['permission|role', ifSet('admin', 'pull', 'triage', 'push', 'maintain', 'member'), 'give the rights of an administrator', { severity: 'info' }] },
  }),
  ...service('Project', 'gitlab_project', {
    exposed: { 'gitlab-public-jobs': ['public_jobs|public_builds', notOn, 'shows its jobs and their logs to everybody', { severity: 'low' }] },
    supply: { 'gitlab-unresolved-threads': ['only_allow_merge_if_all_discussions_are_resolved', notOff, 'merges what is still discussed', { severity: 'info' }] },
    privilege: { 'gitlab-shared-runners': ['shared_runners_enabled', notOn, 'is built on machines that others use', { severity: 'info' }] },
  }),
  ...service('Tag protection', 'gitlab_tag_protection', {
    supply: { 'gitlab-tags-open': ['create_access_level', ifSet('developer', 'maintainer', 'no one'), 'lets every developer make releases', { severity: 'low' }] },
  }),
  ...service('Runner', ['gitlab_user_runner', 'gitlab_runner'], {
    privilege: { 'gitlab-runner-unprotected': ['access_level', ifSet('not_protected', 'ref_protected'), 'runs jobs of every branch', { severity: 'low' }] },
  }),
  ...service('Deploy key', ['gitlab_deploy_key'], { privilege: { 'gitlab-deploy-key-write': ['can_push', notOn, 'can write to its repository', { severity: 'low' }] } }),
  ...service('Branch protection', ['gitlab_branch_protection'], {
    supply: { 'gitlab-code-owners': ['code_owner_approval_required', notOff, 'asks no code owner', { severity: 'info' }] },
  }),
  ...service('Approval rule', ['gitlab_project_level_mr_approvals'], {
    supply: {
      'gitlab-approval-kept': ['reset_approvals_on_push', notOff, 'keeps approvals after further changes', { severity: 'low' }],
      'gitlab-approval-author': ['merge_requests_author_approval', notOn, 'lets authors approve their own changes', { severity: 'medium' }],
    },
  }),
  ...service('Firewall', 'cloudflare_ruleset', { filter: { 'cloudflare-rule-off': ['rules.enabled', notOff, 'has a rule that is switched off', { severity: 'low' }] } }),
  ...service('Bucket', 'cloudflare_r2_managed_domain', { public: { 'r2-public': ['enabled', notOn, 'can be read by everybody', { severity: 'medium' }] } }),
  ...service('Bucket', 'cloudflare_r2_bucket_cors', { exposed: { 'r2-any-origin': ['rules.allowed.origins', byHand(never(/^\*$/, ['*'], ['https://chat.example.com'])), 'answers pages of any origin', { severity: 'low' }] } }),
  ...service('Tunnel', ['cloudflare_zero_trust_tunnel_cloudflared_config', 'cloudflare_tunnel_config'], {
    transit: {
      'tunnel-unchecked': ['config.ingress_rule.origin_request.no_tls_verify|config.origin_request.no_tls_verify|config.ingress.origin_request.no_tls_verify', notOn, 'does not check the certificate of its origin', { severity: 'medium' }],
    },
  }),
  ...service('Application', ['cloudflare_access_application', 'cloudflare_zero_trust_access_application'], {
    identity: {
      'access-cookie-shown': ['http_only_cookie_attribute', notOff, 'shows its session to scripts', { severity: 'low' }],
      'access-any-origin': ['cors_headers.allow_all_origins', notOn, 'answers pages of any origin', { severity: 'medium' }],
    },
  }),
  ...service('Certificate', ['cloudflare_authenticated_origin_pulls', 'cloudflare_authenticated_origin_pulls_settings'], {
    clientCertificate: { 'origin-pulls-open': ['enabled', notOff, 'proves nothing to its origin'] },
  }),
  ...service('Bucket', 'yandex_storage_bucket', {
    public: { 'yandex-bucket-granted': ['grant.uri', byHand(never(/\/(?:AllUsers|AuthenticatedUsers)$/, 'http://acs.amazonaws.com/groups/global/AllUsers', 'http://acs.amazonaws.com/groups/s3/LogDelivery')), 'is open to everybody'] },
    recovery: { 'yandex-bucket-without-versions': ['versioning.enabled', on, 'keeps no earlier versions', { severity: 'info' }] },
  }),
  ...service('Function', ['yandex_function_iam_binding', 'yandex_serverless_container_iam_binding'], {
    identity: { 'yandex-function-everybody': ['members', byHand(never(/allUsers|allAuthenticatedUsers/, ['system:allUsers'], ['serviceAccount:a'])), 'can be called by everybody', { severity: 'medium' }] },
  }),
  ...service('Storage integration', 'snowflake_storage_integration', {
    segmentation: { 'snowflake-any-location': ['storage_allowed_locations', byHand(never(/^\*$/, ['*'], ['s3://training/'])), 'reads and writes anywhere'] },
  }),
];
