/**
 * Providers whose keys have no form of their own: letters, digits, hexadecimal, a UUID. They are known by the provider's name in the
 * variable or on the line. A line holds `Name` or `Name=word|word` where the name is written in other ways; the words are compared
 * in lower case without separators. Names behind `~` are also everyday words and count only beside a word such as key or token.
 */
const table = `
1Forge AbuseIPDB Abyssale Accuweather Adafruit=adafruit|adafruitio Adobe AdzunaAPI=adzuna Aeroworkflow Agora=agoraio|agoraapp Airbrake Airship=urbanairship
Airtable AirVisual=airvisual|iqair Aiven Alchemy=alchemyapi|alchemy Alconost Alegra Aletheia=aletheiaapi Algolia AlienVault=alienvault|otx Allsports=allsportsapi Alibaba=alibaba|aliyun AmbeeData=ambee
Amplitude Anthropic=anthropic|claude Anypoint=anypoint|mulesoft Apify APILayer=apilayer APImetrics Apollo=apolloio Appcues AppFollow Appointedd AppOptics Appsynergy Apptivo Artsy Artifactory=artifactory|jfrog Asana AssemblyAI
Atera Atlassian=atlassian|jira|confluence Audd Auth0 Authress Autodesk Autoklose AutoPilot=autopilothq Avaza Aviationstack Axonaut Aylien Ayrshare AWS=aws|amazonaws|amazon|secretaccesskey|awssecret AmazonBedrock=amazonbedrock Azure=azure|azuread
Bannerbear Baremetrics Baseten Beamer Beebole Besnappy Besttime Billomat Bingmaps=bingmaps|bingsearch Bitbar Bitbucket Bitfinex Bitly=bitly Bitmex Blablabus Blazemeter Blitapp Blocknative Blogger Bombbomb Boostnote Borgbase Braintree Brandfetch
Browserstack Browshot Budibase Bugherd Bugsnag Buildkite Bulbul Bulksms Buttercms Caflou Calendarific Calendly CannyIO=cannyio|canny Capsulecrm Carboninterface Cashboard Caspio Censys Cexio Chartmogul Chatbot=chatbotcom Chatfuel Checio=checio Checklyhq
Checkvist Cicero Circleci=circleci|circle CleverCloud=clevercloud Clearbit Clickhelp ClickHouse=clickhouse Clicksend=clicksend|clicksendsms Clickup=clickup Cliengo Clinchpad Clockify Clockworksms Closecrm Cloudconvert Cloudelements Cloudflare Cloudimage Cloudinary Cloudmersive Cloudplan Cloudsmith Cloudsight Cloverly Cloze Clustdoc
Cocoapods Codacy CodeClimate=codeclimate|cctestreporterid Codemagic Codequiry Cohere Coinapi Coinbase Coinlayer Coinlib Collect2 Commercejs Commodities=commoditiesapi Companyhub Confluent Contentful Conversiontools ConvertAPI Convertkit Convier Copper=coppercrm Countrylayer Courier=couriercom Coveralls
Crossbrowsertesting Crowdin Cryptocompare Currencycloud Currencyfreaks Currencylayer Currencyscoop CurrentsAPI Customerguru Customerio D7network DailyCo=dailyco Dareboost Databox Databricks Datadog=datadog|dd|ddapikey|ddappkey Datagov Debounce=debounce|debounceio Deepai Deepgram DeepL DeepSeek Delighted Demio
Deputy=deputycom Detectify Detectlanguage Dfuse DigitalOcean=digitalocean Diffbot Diggernaut Discogs Discord Disqus Ditto=dittowords|ditto Dnscheck Docker=docker|dockerhub Docparser Documo Docusign Doppler Dotdigital Dovico Dronahq Droneci=droneci Dropbox Duply Dwolla Dynalist Dyspatch Eagleeyenetworks Easyinsight Ecostruxureit Edamam Edenai
Eightxeight=eightxeight|8x8 Elastic=elasticcloud|elasticsearch|elastic Elasticemail Enablex Endorlabs Enigma Envoy=envoyapi Eraser=eraserio Etherscan Ethplorer Etsy Eventbrite Everhour Exchangerate=exchangerateapi|exchangeratesapi|exchangerate Exportsdk Extractorapi Facebook=facebook|fbapi|fb|meta Faceplusplus Fastforex Fastly Feedly Fibery Figma
Fileio=fileio Finage Financialmodelingprep Findl Finicity Finnhub FixerIO=fixer|fixerio Flatio Fleetbase Flexport Flickr Flightapi Flightlabs Flightstats Float=floatapp Flowflu Flutterwave Fmfw Formbucket Formcraft Formio Formsite Foursquare Fountain=fountaincom Freeagent Freshbooks Freshdesk Front=frontapp Fulcrum Fullstory Fxmarket
Gemini=gemini Gengo Geoapify Geocod=geocodio|geocode Geocodify Geocodio Geoipify Getemail Getemails Getgeoapi Getgist Getresponse Getsandbox Gitalk Github=github|gh|gist GitLab Gitter Glassnode Glitterly Gocanvas Gocardless Goodday GoogleCloud=gcp|googlecloud GoogleMaps=googlemaps Google=google|youtube Grafana Graphcms Graphhopper Groovehq Groq Gtmetrix Guardian=guardianapi Guru=getguru Gyazo
Happi Happyscribe Harness Harvest=harvestapp Hellosign Helpcrunch Helpscout Hereapi Heroku Hetzner=hetzner|hcloud Hivebrite Hiveage Holidayapi Holistic Honeycomb=honeycombio|honeycomb Host=hostio Html2pdf Hubspot HuggingFace=huggingface|hfhub|hf Humanity=humanityapp Hunter=hunterio Hybiscus Hypertrack IBM=ibm|ibmcloud Iconfinder IEXapis=iexapis|iexcloud Imagekit Imagga
Impala Infobip Infura Insightly Instabot Instamojo Intercom Interseller Intrinio Invoiceocean IpAPI=ipapi Ipdata Ipgeolocation IPinfo IPinfoDB=ipinfodb IPify=ipify IPquality=ipquality|ipqualityscore IPstack Ipregistry Jdbc=jdbc Jira Jotform JumpCloud Juro Justwatch Kanban=kanbantool Kagi Karmacrm Keenio Kickbox Kite Klaviyo Klipfolio Knapsackpro Kontent Kraken Kucoin Kylas
Languagelayer LangSmith=langsmith|langchain LarkSuite=larksuite|lark LaunchDarkly=launchdarkly Leadfeeder Lemlist Lendflow Lessannoyingcrm Lexigram Linear=linearapp LinkedIn=linkedin Linenotify=linenotify Linkpreview Linode LiveAgent=liveagent Livestorm Lob=lobapi Locationiq Loggly Loginradius Logz=logzio Lokalise Looker Loyverse Luno M3o Macaddress MadKudu Magicbell Magnetic Mailboxlayer Mailchimp Mailerlite Mailgun Mailjet Mailmodo Mailsac
Mandrill Manifest=manifestapi Mapbox Mapquest Marketstack Mattermost Mavenlink Maxmind=maxmind|geoip Meaningcloud Mediastack Meistertask Memcachier Meraki Mesibo Messagebird Metaapi Metrilo Microsoftteams=msteams|microsoftteams Mindmeister Miro=miroapi Mistral=mistral|mistralai Mite Mixmax Mixpanel Mockaroo Moderation=moderationapi Monday=mondaycom MongoDB=mongodb|mongoatlas|mongo|mongosh|mongodump Monkeylearn Moonclerk Moosend Moralis Mrticktock Mux=muxtoken|muxvideo Myexperiment Myfreshworks Myintervals
Nasdaqdatalink Nethunt Netlify Netsuite Neutrinoapi NewRelic=newrelic Newsapi Newscatcher Nexmo Nftport Ngrok Nicereply Nightfall Nimble=nimblecrm Noticeable Notion Nozbe NPM=npm|npmaccess NuGet=nuget|nugetapi Numverify Nutritionix Nylas Nytimes Oanda Okta Omnisend Onedesk Onelogin Onepagecrm Onesignal Onwater=onwaterio Oopspam OpenAI=openai|chatgpt Opencagedata Opengraphr OpenRouter=openrouter OpenShift=openshift|oc Opentok OpenUV=openuv OpenVPN=openvpn OpenWeather=openweather|openweathermap|owm Opsgenie
Optimizely Overloop Owlbot Packagecloud Pagarme Pagerduty Pandadoc Pandascore Paperform Paralleldots Parsehub Parsers Parseur Partnerstack Passbase Pastebin Paydirtapp Paymo=paymoapp PayMongo=paymongo Paypal=paypal Paystack PDFlayer PDFshift Peopledatalabs Pepipost Percy Perplexity=perplexity|pplx Phrase=phraseapp Picatic Pinata Pinecone Pinterest Pipedream Pipedrive Pivotaltracker Pixabay Plaid Planetscale=planetscale|planet_scale Planviewleankit Planyo Plivo Podio Poloniex Polygon=polygonio
Positionstack Postageapp Postbacks Posthog Postman Postmark Powrbot Prefect Privacy=privacycom Prodpad Prospectcrm Prospectio Protocolsio Proxycrawl Pubnub Pulumi Purestake Pushbullet Pushover Pusher PyPI=pypi Qase Qdrant Qualaroo Qubole Quickmetrics RapidAPI=rapidapi Raven Rawg Razorpay Reachmail Readme=readmeio|readme Rechargepayments Reddit Redis=redis|rediscloud Refiner Rentman Repairshopr Replicate Replyio Requestfinance Restpack Revamp=revampcrm|revamp Ringcentral Ritekit Roaring Rocketreach Rollbar Roninapp Route4me Rownd RubyGems=rubygems|bundlegems|contribsys|sidekiq Runrunit
Salesblink Salescookie Salesflare Salesforce Salesmate Sanity=sanityio Satismeter SauceLabs=saucelabs|sauce Scalewaykey=scaleway Scalr Scrapeowl Scraperapi Scraperbox Scrapestack Scrapfly Scrapingant Scrapingbee Screenshotapi Screenshotlayer Scrutinizer=scrutinizerci|scrutinizer Securitytrails Segment=segmentio|segmentwrite Selectpdf Semaphore=semaphoreci Sendbird SendGrid=sendgrid Sendinblue Sendpulse Sentiment Sentry Serphouse SerpAPI=serpapi|serpstack|serper Sheety Sherpadesk Shipday Shodan=shodan|shodankey Shopify=shopify|shopyfy Shortcut=shortcutcom Shotstack Shutterstock Signable Signalwire Signaturit Signupgenius Sigopt
Simfin Simplesat Simplynoted Simvoly Sinch Siteleaf Skrappio Skybiometry Slack=slack|slackbot Smartsheets=smartsheet Smartystreets Smooch Snipcart Snowflake Snyk SoftLayer=softlayer SonarQube=sonar|sonarqube|sonarcloud Sourcegraph Sparkpost Speechtextai Splunk=splunk|splunkobservability|splunkobservabilitytoken|signalfx Spoonacular Spotify Squareup=square|squareup Squarespace SSLmate Statuscake Statuspage Statusgator Stitchdata Stockdata Storecove Stormboard Stormglass Storyblok=storyblok|storyblokpersonalaccesstoken Storychief Strava Streak Stripe Stripo Stytch Sugester
SumoLogic=sumologic|sumo|sumoapi Supabase Supernotes Surge Surveyanyplace Surveybot Surveysparrow Survicate Swell Swiftype Tailscale Tallyfy Tatum=tatum|tatumio Tavily Taxjar Teamgate Teamviewer Teamwork=teamworkcrm|teamworkdesk|teamworkspaces Technicalanalysisapi Tefter Telegram=telegram|telegrambot Teletype Telnyx TerraformCloud=terraformcloud|tfe|hashicorptoken|hashicorp Textmagic Theoddsapi Thinkific Thousandeyes Ticketmaster Tickettailor Tiingo Timecamp Timezoneapi Tineswebhook TMetric Todoist Toggl Tomorrowio=tomorrowio|climacell Tomtom Tradier Transferwise=transferwise|wise Travelpayouts TravisCI=travis|travisci
Trelloapikey=trello Twelvedata Twilio Twitch Twitter=twitter|twitterv1|twitterv2 Tyntec Typeform Typetalk Ubidots Uclassify Unifyid Unplugg Unsplash UPCdatabase=upcdatabase Upcdata Uplead Uploadcare Uptimerobot Upwave Urlscan Userflow Userstack Vagrantcloud Vatlayer Vault=hashicorpvault|vaulttoken Vbout Vercel Verifier Verimail Veriphone Versioneye Viewneo Virustotal Visualcrossing Voicegain Voodoosms Vouchery VPNapi Vultr=vultr Vyte Wakatime Walkscore Weatherbit Weatherstack Weaviate Web3storage Webex Webflow Webscraper Webscraping
WeightsAndBiases=wandb|weightsandbiases Wepay Whoxy Wistia Wit=witai Woopra Workday Worksnaps Workstack Worldcoinindex Worldweather Wrike XAI=xai Yandex Yelp Yousign Youneedabudget Zapierwebhook=zapier Zendesk Zenkitapi Zenrows Zenscrape Zenserp Zeplin Zerobounce ZeroTier=zerotier Zipapi Zipbooks Zipcodeapi Zipcodebase Zoho Zonkafeedback Zulipchat
Api2cart APItemplate=apitemplate Airbrakeuserkey=airbrakeuser MonkeyAuth Mergify Ably Acuity Ahrefs Aha Bynder Cloudant CloudSQL CloudBees=cloudbees Datastax Dynatrace Fauna Hasura Heap=heapio Kinde Lightstep Logdna Loom Mezmo Miradore Neon=neondb Nhost Octopus=octopusdeploy Onfido Ory Persona=withpersona Pingdom Prismic Prisma Proxmox Quay=quayio Retool Rancher Scalingo Sendwithus Skylight Spacelift Spotinst=spotinst|spot Storj Tines Upstash Veracode Victorops Wasabi Xata Zilliz=zilliz|milvus
~Monday ~Column ~Box ~Close ~Segment ~Linear ~Square ~Front ~Daily=daily ~Float ~Copper ~Harvest ~Hunter ~Privacy ~Surge ~Guru ~Shortcut ~Streak ~Wise ~Raven ~Courier ~Envoy ~Deputy ~Mux ~Lob ~Miro ~Sanity ~Persona ~Heap ~Neon ~Apollo ~Here=here ~WireGuard=presharedkey|wireguard ~Signal ~Host ~Fountain ~Kraken ~Polygon ~Moderation ~Parse ~Gist ~Live ~Rest ~Ghost ~Buffer ~Domain ~Nimble ~Surf ~Jumpseller ~Mode ~Outlook ~Teams=teams ~Zoom ~Workflow ~Chat ~Ship ~Mail
`;

export interface Provider {
  readonly name: string;
  /** The name is an everyday word as well. */
  readonly everyday: boolean;
}

/** Providers by the words that name them, in lower case without separators. */
export const providers: ReadonlyMap<string, Provider> = read(table);

/** Written as their owners write them, where the table above lacks a blank or a sign. */
const written: Readonly<Record<string, string>> = {
  WeightsAndBiases: 'Weights & Biases', HuggingFace: 'Hugging Face', NewRelic: 'New Relic', CodeClimate: 'Code Climate', SumoLogic: 'Sumo Logic', TerraformCloud: 'HashiCorp Terraform Cloud', TravisCI: 'Travis CI', GoogleMaps: 'Google Maps', GoogleCloud: 'Google Cloud (GCP)',
  CannyIO: 'Canny.io', FixerIO: 'Fixer.io', DailyCo: 'Daily.co', Github: 'GitHub', Squareup: 'Square', SauceLabs: 'Sauce Labs', Financialmodelingprep: 'Financial Modeling Prep', Planetscale: 'PlanetScale', Circleci: 'CircleCI', AmazonBedrock: 'Amazon Bedrock', ClickHouse: 'ClickHouse', Vault: 'HashiCorp Vault',
};

function read(text: string): ReadonlyMap<string, Provider> {
  const out = new Map<string, Provider>();
  for (const entry of text.trim().split(/\s+/)) {
    const everyday = entry.startsWith('~');
    const [name = '', words] = entry.slice(everyday ? 1 : 0).split('=');
    for (const word of (words ?? name).toLowerCase().split('|')) {
      const key = word.replace(/[^a-z0-9]/g, '');
      if (!out.has(key)) out.set(key, { name, everyday });
    }
  }
  return out;
}

export function providerTitle(provider: Provider): string {
  return written[provider.name] ?? provider.name;
}
