import type { PolicyStatement, PolicyString } from '../../server/rule/queries.ts';
import { allows, each, role, statementRules, unconditional, type StatementRow } from './_statements.ts';

/** A condition on the subject of a token that lets every repository through. */
const anySubject = /^(?:\*|repo:\*(?:[:/].*)?)$/;

/** A condition that lets every repository of an organisation through. */
const anyRepository = /^repo:[^/*:]+\/\*/;

const trusted = (statement: PolicyStatement): boolean => allows(statement) && statement.kind === 'trust';
/** Every condition is known by name. */
const known = (statement: PolicyStatement): boolean => statement.conditions.every((one) => one.key !== '');
const on = (statement: PolicyStatement, key: RegExp): boolean => statement.conditions.some((one) => key.test(one.key));
const federated = (statement: PolicyStatement, accept: RegExp, message: (principal: PolicyString) => string) => each(statement.principals, (one) => one.type === 'Federated' && accept.test(one.value), message);

/** Issuers that all their customers share: without a condition on the subject anybody's pipeline gets in. */
const shared = /(?:^|\/)(?:gitlab\.com|app\.terraform\.io|agent\.buildkite\.com|accounts\.google\.com|oidc\.vercel\.com|app\.pulumi\.com|api\.pulumi\.com\/oidc|identity\.scalr\.io|app\.harness\.io)$/;
/** Issuers of one cluster, organisation or workspace. */
const owned = /(?:^|\/)(?:oidc\.eks\.[\w-]+\.amazonaws\.com\/id\/\w+|api\.bitbucket\.org\/2\.0\/workspaces\/.+|oidc\.circleci\.com\/org\/.+|oidc\.vercel\.com\/.+)$/;
/** What tells one customer of an issuer from another. */
const subject = /:(?:sub|oaud|project_path|namespace_path|namespace_id|project_id|terraform_organization_name|terraform_workspace_name|terraform_full_workspace|organization_slug|pipeline_slug|organization_id)$/;
const anybody = /^(?:\*|project_path:\*(?:[:/].*)?|organization:\*(?::.*)?)$/;
const anyAccount = /^(?:\*|system:\*|system:serviceaccount:\*(?::\*)?)$/;
const oidc = (issuer: string): string => `Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/${issuer}" }`;
const web = 'Action    = "sts:AssumeRoleWithWebIdentity"';
const markPrincipal = (issuer: string): string => `${' '.repeat(27)}${'^'.repeat(`arn:aws:iam::111122223333:oidc-provider/${issuer}`.length)}`;
const cluster = 'oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF';

const rows: readonly StatementRow[] = [
  {
    id: 'iam/trust-everybody', title: 'Role that everybody may assume', severity: 'critical', trust: true,
    what: 'Reports trust policies that allow `*`.', noFix: 'The principals that are meant have to be named.',
    judge: (statement) => (allows(statement) && statement.kind === 'trust' && unconditional(statement) ? each(statement.principals, (principal) => principal.value === '*', () => `${role(statement)} may be assumed by everybody.`) : []),
    bad: ['Action    = "sts:AssumeRole"', 'Principal = { AWS = "*" }', '                     ^'], good: ['Action    = "sts:AssumeRole"', 'Principal = { Service = "sagemaker.amazonaws.com" }'],
  },
  {
    id: 'iam/trust-account-root', title: 'Role that a whole account may assume', severity: 'low', trust: true,
    what: 'Reports trust policies that name the root of an account without a condition.', noFix: 'The roles that are meant, or an external id, have to be named.',
    judge: (statement) => (allows(statement) && statement.kind === 'trust' && statement.conditions.length === 0 ? each(statement.principals, (principal) => /^arn:aws[\w-]*:iam::\d{12}:root$|^\d{12}$/.test(principal.value), (principal) => `${role(statement)} may be assumed by everybody in the account ${/\d{12}/.exec(principal.value)?.[0] ?? ''}.`) : []),
    bad: ['Action    = "sts:AssumeRole"', 'Principal = { AWS = "arn:aws:iam::111122223333:root" }', '                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^'], good: ['Action    = "sts:AssumeRole"', 'Principal = { AWS = "arn:aws:iam::111122223333:role/ci" }'],
  },
  {
    id: 'iam/federated-trust-without-subject', title: 'Role that any repository may assume', severity: 'high', trust: true,
    what: 'Reports trust in the OpenID provider of GitHub without a condition on the subject, or with one that every repository meets.', why: 'Every workflow of every repository on the service gets a valid token, and with it the role.', noFix: 'The repository that is meant has to be named.',
    judge: (statement) => (allows(statement) && statement.kind === 'trust' && !statement.conditions.some((one) => /:sub$|:job_workflow_ref$|:repository/.test(one.key) && !one.values.some((value) => value.kind === 'string' && anySubject.test(value.value))) ? each(statement.principals, (principal) => principal.type === 'Federated' && /token\.actions\.githubusercontent\.com/.test(principal.value), () => `${role(statement)} may be assumed by the workflows of any repository.`) : []),
    bad: ['Action    = "sts:AssumeRoleWithWebIdentity"', 'Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }', '                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^'],
    good: ['Action    = "sts:AssumeRoleWithWebIdentity"', 'Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }', 'Condition = { StringEquals = { "token.actions.githubusercontent.com:sub" = "repo:acme/triage:ref:refs/heads/main" } }'],
  },
  {
    id: 'iam/federated-trust-organisation', title: 'Role that every repository of an organisation may assume', severity: 'low', trust: true,
    what: 'Reports trust in the OpenID provider of GitHub whose condition on the subject names an organisation and no repository.', why: 'Whoever may make a repository, or push to the least of them, gets the role.', noFix: 'The repositories that are meant have to be named.',
    judge: (statement) => (allows(statement) && statement.kind === 'trust' && !statement.conditions.some((one) => /:job_workflow_ref$|:environment$/.test(one.key)) ? statement.conditions.filter((one) => /githubusercontent\.com:sub$/.test(one.key)).flatMap((one) => one.values.flatMap((value) => (value.kind === 'string' && anyRepository.test(value.value) ? [{ at: value.at, message: `${role(statement)} may be assumed by every repository of an organisation.` }] : []))) : []),
    bad: ['Action    = "sts:AssumeRoleWithWebIdentity"', 'Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }', 'Condition = { StringLike = { "token.actions.githubusercontent.com:sub" = "repo:acme/*" } }', `${' '.repeat(74)}${'^'.repeat(11)}`],
    good: ['Action    = "sts:AssumeRoleWithWebIdentity"', 'Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }', 'Condition = { StringLike = { "token.actions.githubusercontent.com:sub" = "repo:acme/triage:*" } }'],
  },
  {
    id: 'iam/federated-trust-any-customer', title: 'Role that every customer of an issuer may assume', severity: 'high', trust: true,
    what: 'Reports trust in an OpenID provider that all customers of a service share (GitLab, Terraform Cloud, Buildkite, Google, Vercel) without a condition on the subject.',
    why: 'Everybody who has an account with the service gets a valid token, and with it the role.', noFix: 'The project, workspace or account that is meant has to be named.', whenNotToUse: 'Never.',
    judge: (statement) => (trusted(statement) && known(statement) && !on(statement, subject) && !(on(statement, /^accounts\.google\.com:aud$/)) ? federated(statement, shared, () => `${role(statement)} may be assumed by every customer of the issuer.`) : []),
    bad: [web, oidc('gitlab.com'), markPrincipal('gitlab.com'), 'Condition = { StringEquals = { "gitlab.com:aud" = "https://gitlab.com" } }'],
    good: [web, oidc('gitlab.com'), 'Condition = { StringLike = { "gitlab.com:sub" = "project_path:acme/triage:*" } }'],
  },
  {
    id: 'iam/federated-trust-any-subject', title: 'Role whose condition on the subject everybody meets', severity: 'high', trust: true,
    what: 'Reports conditions on the subject of tokens of GitLab, Terraform Cloud, Buildkite and the like that every token meets.',
    why: 'Everybody who has an account with the service gets a valid token, and with it the role.', noFix: 'The project, workspace or account that is meant has to be named.', whenNotToUse: 'Never.',
    judge: (statement) => (trusted(statement) ? statement.conditions.filter((one) => /:sub$/.test(one.key) && shared.test(one.key.slice(0, -4))).flatMap((one) => one.values.flatMap((value) => (value.kind === 'string' && anybody.test(value.value) ? [{ at: value.at, message: `${role(statement)} may be assumed with every token of the issuer.` }] : []))) : []),
    bad: [web, oidc('gitlab.com'), 'Condition = { StringLike = { "gitlab.com:sub" = "project_path:*" } }', `${' '.repeat(49)}${'^'.repeat(14)}`],
    good: [web, oidc('gitlab.com'), 'Condition = { StringLike = { "gitlab.com:sub" = "project_path:acme/triage:*" } }'],
  },
  {
    id: 'iam/federated-trust-whole-issuer', title: 'Role that every workload of a cluster or pipeline may assume', severity: 'medium', confidence: 'medium', trust: true,
    what: 'Reports trust in the OpenID provider of a cluster of EKS, or of an organisation of CircleCI or Bitbucket, without a condition on the subject.',
    why: 'The least of the workloads there acts with the role of the most important one.', noFix: 'The service account or the project that is meant has to be named.', whenNotToUse: 'Where nothing else runs there.',
    judge: (statement) => (trusted(statement) && known(statement) && !on(statement, /:sub$/) ? federated(statement, owned, () => `${role(statement)} may be assumed by every workload that the issuer knows.`) : []),
    bad: [web, oidc(cluster), markPrincipal(cluster)],
    good: [web, oidc(cluster), `Condition = { StringEquals = { "${cluster}:sub" = "system:serviceaccount:triage:loader" } }`],
  },
  {
    id: 'iam/any-service-account-trust', title: 'Role that every service account of a cluster may assume', severity: 'medium', trust: true,
    what: 'Reports conditions on the subject of tokens of Kubernetes that every service account meets.',
    why: 'The least of the workloads in the cluster acts with the role of the most important one.', noFix: 'The service account that is meant has to be named.', whenNotToUse: 'Where nothing else runs there.',
    judge: (statement) => (trusted(statement) ? statement.conditions.filter((one) => /:sub$/.test(one.key)).flatMap((one) => one.values.flatMap((value) => (value.kind === 'string' && anyAccount.test(value.value) && value.value !== '*' ? [{ at: value.at, message: `${role(statement)} may be assumed by every service account of the cluster.` }] : []))) : []),
    bad: [web, oidc(cluster), `Condition = { StringLike = { "${cluster}:sub" = "system:serviceaccount:*:*" } }`, `${' '.repeat(35 + cluster.length + 4)}${'^'.repeat(25)}`],
    good: [web, oidc(cluster), `Condition = { StringLike = { "${cluster}:sub" = "system:serviceaccount:triage:*" } }`],
  },
  {
    id: 'iam/guest-trust-any-pool', title: 'Role that any identity pool may hand out', severity: 'high', trust: true,
    what: 'Reports trust in Cognito without a condition on the pool (`cognito-identity.amazonaws.com:aud`).',
    why: 'Everybody can make an identity pool of their own whose users then get the role.', noFix: 'The pool that is meant has to be named.', whenNotToUse: 'Never.',
    judge: (statement) => (trusted(statement) && known(statement) && !on(statement, /^cognito-identity\.amazonaws\.com:aud$/i) ? federated(statement, /^cognito-identity\.amazonaws\.com$/, () => `${role(statement)} may be handed out by any identity pool.`) : []),
    bad: [web, 'Principal = { Federated = "cognito-identity.amazonaws.com" }', `${' '.repeat(27)}${'^'.repeat(30)}`],
    good: [web, 'Principal = { Federated = "cognito-identity.amazonaws.com" }', 'Condition = { StringEquals = { "cognito-identity.amazonaws.com:aud" = "eu-west-1:11111111-2222-3333-4444-555555555555" } }'],
  },
  {
    id: 'iam/saml-trust-without-audience', title: 'Role for SAML without a condition on the audience', severity: 'low', confidence: 'medium', trust: true,
    what: 'Reports trust in a SAML provider without a condition on `SAML:aud`.',
    why: 'An assertion that was made for another service opens this account too.', noFix: 'The address of the sign-in page is the audience: `https://signin.aws.amazon.com/saml`.', whenNotToUse: 'For roles of the client VPN.',
    judge: (statement) => (trusted(statement) && known(statement) && !on(statement, /^saml:/i) && statement.actions.some((one) => /^sts:AssumeRoleWithSAML$/i.test(one.value)) ? federated(statement, /:saml-provider\//, () => `${role(statement)} takes assertions that were made for other services.`) : []),
    bad: ['Action    = "sts:AssumeRoleWithSAML"', 'Principal = { Federated = "arn:aws:iam::111122223333:saml-provider/okta" }', `${' '.repeat(27)}${'^'.repeat(44)}`],
    good: ['Action    = "sts:AssumeRoleWithSAML"', 'Principal = { Federated = "arn:aws:iam::111122223333:saml-provider/okta" }', 'Condition = { StringEquals = { "SAML:aud" = "https://signin.aws.amazon.com/saml" } }'],
  },
  {
    id: 'iam/certificate-trust-any-anchor', title: 'Role for machines outside that any certificate opens', severity: 'medium', confidence: 'medium', trust: true,
    what: 'Reports trust in Roles Anywhere without a condition on the trust anchor or on the certificate.',
    why: 'Every certificate of every trust anchor of the account gets the role, also one that was made for something else.', noFix: 'The trust anchor, or the subject of the certificate, has to be named.', whenNotToUse: 'Never.',
    judge: (statement) => (trusted(statement) && statement.conditions.length === 0 && statement.complete ? each(statement.principals, (one) => one.value === 'rolesanywhere.amazonaws.com', () => `${role(statement)} may be assumed with every certificate of every trust anchor.`) : []),
    bad: ['Action    = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]', 'Principal = { Service = "rolesanywhere.amazonaws.com" }', `${' '.repeat(25)}${'^'.repeat(27)}`],
    good: ['Action    = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]', 'Principal = { Service = "rolesanywhere.amazonaws.com" }', 'Condition = { ArnEquals = { "aws:SourceArn" = "arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/a" } }'],
  },
];

export default statementRules(rows);
