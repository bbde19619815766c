import { byHand, ifSet, is, least, missing, needed, never, not, notOff, notOn, service } from '../_families.ts';

const injection = { why: 'Instructions that stand in what the model reads are followed as if the user had given them.', references: ['LLM01:2025', 'AISF-AI-04', 'SI-10'] } as const;
const watching = { why: 'What the filter finds goes on to the model, or to the user, all the same.', references: injection.references, whenNotToUse: 'While a new filter is tried out.' } as const;
const lists = ['content_policy_config.filters_config', 'topic_policy_config.topics_config', 'sensitive_information_policy_config.pii_entities_config', 'sensitive_information_policy_config.regexes_config', 'word_policy_config.words_config', 'word_policy_config.managed_word_lists_config'];
const inFilters = (name: string): string => lists.map((list) => `${list}.${name}`).join('|');
const grounding = 'contextual_grounding_policy_config.filters_config';
/** What detects attacks in requests has nothing to look for in answers. */
const ofAttacks = [{ path: 'content_policy_config.filters_config.type', must: { is: ['PROMPT_ATTACK'] } }] as const;

const jwt = 'authorizer_configuration.custom_jwt_authorizer';
const seeds = 'data_source_configuration.web_configuration.source_configuration.url_configuration.seed_urls.url';

/** What agents, their tools, their memory and their guardrails are set to. Sources: the provider's pages of the resources; the guides of Bedrock, AgentCore, Q Business and Kendra. */
export default [
  ...service('Guardrail', 'aws_bedrock_guardrail', {
    filter: {
      'guardrail-filter-off': [`${inFilters('input_enabled')}|${grounding}.enabled`, notOff, 'has a filter that is switched off', { severity: 'medium', ...injection }],
      'guardrail-answer-filter-off': [inFilters('output_enabled'), notOff, 'has a filter of answers that is switched off', { severity: 'low', ...injection, orPath: ofAttacks }],
      'guardrail-only-watches': [`${inFilters('input_action')}|${grounding}.action`, not('BLOCK', 'NONE'), 'only notes what one of its filters finds', { severity: 'medium', ...watching }],
      'guardrail-only-watches-answers': [`${inFilters('output_action')}|${inFilters('action')}`, not('BLOCK', 'NONE'), 'only notes what one of its filters finds in answers', { severity: 'low', ...watching, orPath: ofAttacks }],
      'guardrail-weak-grounding': [`${grounding}.threshold`, least(0.5, 0.7), 'lets through answers that its sources hardly bear out', {
        severity: 'info', why: 'Answers that the sources do not bear out are taken for facts.', references: ['LLM09:2025'],
      }],
    },
  }),
  ...service('Agent', 'aws_bedrockagent_agent', {
    filter: {
      'agent-guardrail-draft': ['guardrail_configuration.guardrail_version', byHand({ ...not(undefined, 'DRAFT'), sample: { good: '3' } }), 'uses the draft of its guardrail', {
        severity: 'low', noFix: 'A version has to be made first.', why: 'Who may edit the guardrail changes at once what the agent lets through.', references: injection.references,
      }],
    },
  }),
  ...service('Action group', 'aws_bedrockagent_agent_action_group', {
    privilege: {
      'agent-operates-computer': ['parent_action_group_signature', byHand(never(/^ANTHROPIC\.(?:Computer|Bash|TextEditor)$/i, 'ANTHROPIC.Bash', 'AMAZON.UserInput')), 'lets a model operate a computer', {
        severity: 'medium', cfn: false, why: 'Whatever the model is talked into is done with the rights of that computer.', references: ['LLM06:2025', 'AC-6'],
        whenNotToUse: 'Where the computer is thrown away after each task and reaches nothing.',
      }],
    },
  }),
  ...service('Agent', 'aws_bedrockagent_agent', {
    privilege: {
      'agent-template-operates-computer': ['action_groups.parent_action_group_signature', byHand(never(/^ANTHROPIC\.(?:Computer|Bash|TextEditor)$/i, 'ANTHROPIC.Bash', 'AMAZON.UserInput')), 'lets a model operate a computer', {
        severity: 'medium', terraform: false, why: 'Whatever the model is talked into is done with the rights of that computer.', references: ['LLM06:2025', 'AC-6'],
      }],
    },
  }),
  ...service('Data source', ['aws_bedrockagent_data_source'], {
    transit: {
      'knowledge-crawled-plaintext': [seeds, never(/^http:\/\//i, 'http://docs.example.com', 'https://docs.example.com'), 'reads what agents answer from over plain HTTP', { severity: 'low' }],
    },
    identity: {
      'knowledge-basic-sign-in': [['confluence', 'share_point', 'salesforce'].map((kind) => `data_source_configuration.${kind}_configuration.source_configuration.auth_type`).join('|'), byHand(ifSet('BASIC', 'OAUTH2_CLIENT_CREDENTIALS')), 'signs in with the password of a user', { severity: 'info' }],
    },
  }),
  ...service('Search source', 'aws_kendra_data_source', {
    transit: {
      'search-crawled-plaintext': ['configuration.web_crawler_configuration.urls.seed_url_configuration.seed_urls', never(/^http:\/\//i, ['http://docs.example.com'], ['https://docs.example.com']), 'reads pages over plain HTTP', {
        severity: 'low', cfn: 'data_source_configuration.web_crawler_configuration.urls.seed_url_configuration.seed_urls',
      }],
    },
  }),
  ...service('Agent gateway', 'aws_bedrockagentcore_gateway', {
    secret: {
      'agent-gateway-debug': ['exception_level', byHand(never(/^DEBUG$/i, 'DEBUG', 'ERROR')), 'tells its callers what goes wrong inside', {
        severity: 'low', why: 'Errors name hosts, roles and parameters, which help an intruder.', references: ['CWE-209', 'SI-11'], noFix: 'The line is removed: the default says little.',
      }],
    },
  }),
  ...service('Agent gateway', 'aws_bedrockagentcore_gateway', {
    privilege: {
      'agent-policies-only-logged': ['policy_engine_configuration.mode', ifSet('LOG_ONLY', 'ENFORCE'), 'only notes what its policies forbid', { severity: 'low', why: 'Calls that the policies forbid are made all the same.', references: ['LLM06:2025', 'AC-3'], whenNotToUse: 'While a new policy is tried out.' }],
    },
  }),
  ...service('Agent endpoint', ['aws_bedrockagentcore_agent_runtime', 'aws_bedrockagentcore_gateway'], {
    identity: {
      'agent-takes-any-token': [`${jwt}.allowed_audience|${jwt}.allowed_clients|${jwt}.allowed_scopes|${jwt}.custom_claims|${jwt}.custom_claim`, needed, 'takes every token of its issuer', {
        severity: 'medium', noFix: 'The audience or the clients that are meant have to be named.', when: [{ path: `${jwt}.discovery_url`, must: 'present' }],
        cfn: `${jwt}.allowed_audience|${jwt}.allowed_clients|${jwt}.allowed_scopes|${jwt}.custom_claims`,
        why: 'A token that the issuer made for another application opens this one too.',
        examples: missing('aws_bedrockagentcore_agent_runtime',
          '  authorizer_configuration {\n    custom_jwt_authorizer {\n      discovery_url = "https://id.example.com/.well-known/openid-configuration"\n    }\n  }\n',
          '  authorizer_configuration {\n    custom_jwt_authorizer {\n      discovery_url    = "https://id.example.com/.well-known/openid-configuration"\n      allowed_audience = ["agents"]\n    }\n  }\n'),
      }],
    },
    transit: {
      'agent-issuer-plaintext': [`${jwt}.discovery_url`, never(/^http:\/\//i, 'http://id.example.com/.well-known/openid-configuration', 'https://id.example.com/.well-known/openid-configuration'), 'fetches the keys of its issuer over plain HTTP'],
    },
  }),
  ...service('Agent tool', 'aws_bedrockagentcore_gateway_target', {
    transit: {
      'agent-tool-plaintext': ['target_configuration.mcp.mcp_server.endpoint', never(/^http:\/\//i, 'http://tools.example.com/mcp', 'https://tools.example.com/mcp'), 'is called over plain HTTP', { severity: 'medium' }],
    },
  }),
  ...service('Agent identity', 'aws_bedrockagentcore_workload_identity', {
    transit: {
      'agent-returns-plaintext': ['allowed_resource_oauth2_return_urls', never(/^http:\/\/(?!localhost|127\.)/i, ['http://app.example.com/back'], ['https://app.example.com/back']), 'is sent tokens over plain HTTP', {
        severity: 'medium', cfn: 'allowed_resource_o_auth2_return_urls|allowed_resource_oauth2_return_urls',
      }],
    },
  }),
  ...service('Token vault', 'aws_bedrockagentcore_token_vault_cmk', {
    customerKey: { 'token-vault-service-key': ['kms_configuration.key_type', ifSet('ServiceManagedKey', 'CustomerManagedKey'), 'keeps the credentials of agents without a customer-managed key', { noFix: 'The key has to be named.' }] },
  }),
  ...service('Model log', 'aws_bedrock_model_invocation_logging_configuration', {
    logging: {
      'bedrock-log-without-media': ['logging_config.image_data_delivery_enabled|logging_config.embedding_data_delivery_enabled|logging_config.video_data_delivery_enabled', notOff, 'leaves out some of what models are given', { severity: 'info' }],
    },
  }),
  ...service('Assistant', 'aws_qbusiness_application', {
    identity: {
      'q-business-anonymous': ['identity_type', byHand(never(/^ANONYMOUS$/i, 'ANONYMOUS', 'AWS_IAM_IDC')), 'answers whoever asks', {
        severity: 'high', noFix: 'How people sign in has to be decided.', whenNotToUse: 'Where all that it knows is public.',
      }],
    },
  }),
  ...service('Assistant plugin', ['aws_qbusiness_plugin'], {
    identity: {
      'q-plugin-without-sign-in': ['auth_configuration.no_auth_configuration', byHand({ must: 'absent', absent: 'fine' }), 'calls its service without proof of who it is', {
        severity: 'low', examples: [{
          file: 'template.yaml',
          bad: 'Resources:\n  Tickets:\n    Type: AWS::QBusiness::Plugin\n    Properties:\n      ServerUrl: https://tickets.example.com\n      AuthConfiguration:\n        NoAuthConfiguration: {}\n                             ^^\n',
          good: 'Resources:\n  Tickets:\n    Type: AWS::QBusiness::Plugin\n    Properties:\n      ServerUrl: https://tickets.example.com\n      AuthConfiguration:\n        BasicAuthConfiguration: {SecretArn: a, RoleArn: b}\n',
        }],
      }],
    },
    transit: { 'q-plugin-plaintext': ['server_url', never(/^http:\/\//i, 'http://tickets.example.com', 'https://tickets.example.com'), 'calls its service over plain HTTP', { severity: 'medium' }] },
  }),
  ...service('Bot', 'aws_lex_bot', {
    secret: {
      'lex-feeds-provider': ['enable_model_improvements', notOn, 'gives what its users say to the provider', { severity: 'low', why: 'What people say to the bot leaves the account and stays.', references: ['LLM02:2025', 'AC-4'], cfn: false }],
    },
  }),
  ...service('Bot slot', 'aws_lexv2models_slot', {
    logging: {
      'lex-slot-in-clear': ['obfuscation_setting.obfuscation_setting_type', { ...is('DefaultObfuscation'), absent: 'fine', sample: { bad: 'None' } }, 'writes what users say into logs', { severity: 'info', cfn: false, why: 'Logs are read by more people than the data is meant for.', references: ['CWE-532'] }],
    },
  }),
];
