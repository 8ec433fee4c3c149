import { AWARENESS_STAGES, COPILOT_LANGUAGES, type AwarenessStage, type CopilotLanguage, type MailTemplate } from '@headwater/contracts';

/** Industries that share a line; what fits none gets the last one. */
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  technology: ['technology', 'software_saas', 'media'],
  finance: ['finance', 'real_estate'],
  healthcare: ['healthcare'],
  industry: ['manufacturing', 'logistics', 'energy'],
  retail: ['retail', 'hospitality'],
  public: ['education', 'government', 'non_profit'],
  other: [],
};

/** What is likely to be on the mind of somebody of the industry, put as a question: a mail claims nothing that nobody knows. */
const QUESTIONS: Readonly<Record<CopilotLanguage, Readonly<Record<string, string>>>> = {
  en: {
    technology: 'how does {{#company_name}}{{company_name}}{{/company_name}}{{^company_name}}your team{{/company_name}} keep up while the product grows',
    finance: 'how do you keep control and audit in step with the day-to-day work',
    healthcare: 'how do you keep paperwork away from the people who care for patients',
    industry: 'where between planning and delivery does time get lost today',
    retail: 'how do you tell early what your customers will ask for',
    public: 'how do you get more done without more people',
    other: 'what takes more time today than it should',
  },
  de: {
    technology: 'wie hält {{#company_name}}{{company_name}}{{/company_name}}{{^company_name}}Ihr Team{{/company_name}} Schritt, während das Produkt wächst',
    finance: 'wie halten Sie Kontrolle und Prüfung im Takt mit dem Tagesgeschäft',
    healthcare: 'wie halten Sie Papierarbeit von denen fern, die sich um Patienten kümmern',
    industry: 'wo zwischen Planung und Lieferung geht heute Zeit verloren',
    retail: 'wie erkennen Sie früh, wonach Ihre Kunden fragen werden',
    public: 'wie schaffen Sie mehr, ohne mehr Leute zu haben',
    other: 'was kostet heute mehr Zeit, als es sollte',
  },
};

interface Words { subject: string; hello: string; asked: string; why: string; end: string; bye: string }

const FROM_EN = '{{#company_name}} at {{company_name}}{{/company_name}}';
const FROM_DE = '{{#company_name}} bei {{company_name}}{{/company_name}}';
const WORDS: Readonly<Record<CopilotLanguage, Readonly<Record<AwarenessStage, Words>>>> = {
  en: wordsOf({
    hello: 'Hello{{#first_name}} {{first_name}}{{/first_name}},',
    bye: 'Kind regards{{#owner}}\n{{owner}}{{/owner}}',
  }, {
    problem: {
      subject: 'A question{{#company_name}} about {{company_name}}{{/company_name}}',
      asked: 'thank you for your interest.',
      why: `{{#job_title}}As {{job_title}}${FROM_EN} you will know best: {{/job_title}}`,
      end: 'If that is on your mind, I would like to hear how you deal with it. Would a short call suit you?',
    },
    solution: {
      subject: 'Your next step{{#company_name}} at {{company_name}}{{/company_name}}',
      asked: '{{#came_to_webinar}}thank you for coming to our webinar.{{/came_to_webinar}}{{^came_to_webinar}}thank you for reading what we wrote.{{/came_to_webinar}}',
      why: `{{#job_title}}A question to you as {{job_title}}${FROM_EN}: {{/job_title}}`,
      end: 'I can show you how others go about it. When would a short call suit you?',
    },
    vendor: {
      subject: '{{#asked_for_demo}}Your demo{{/asked_for_demo}}{{^asked_for_demo}}Your questions about prices{{/asked_for_demo}}',
      asked: '{{#asked_for_demo}}thank you for asking for a demo.{{/asked_for_demo}}{{^asked_for_demo}}you had a look at our prices.{{/asked_for_demo}}',
      why: `So that I show you what matters{{#job_title}} to you as {{job_title}}${FROM_EN}{{/job_title}}: `,
      end: 'Tell me when it would suit you, and who else should be there.',
    },
  }),
  de: wordsOf({
    hello: 'Guten Tag{{#full_name}} {{full_name}}{{/full_name}},',
    bye: 'Freundliche Grüße{{#owner}}\n{{owner}}{{/owner}}',
  }, {
    problem: {
      subject: 'Eine Frage{{#company_name}} zu {{company_name}}{{/company_name}}',
      asked: 'vielen Dank für Ihr Interesse.',
      why: `{{#job_title}}Als {{job_title}}${FROM_DE} wissen Sie es am besten: {{/job_title}}`,
      end: 'Wenn Sie das beschäftigt, höre ich gern, wie Sie damit umgehen. Passt Ihnen ein kurzes Telefonat?',
    },
    solution: {
      subject: 'Ihr nächster Schritt{{#company_name}} bei {{company_name}}{{/company_name}}',
      asked: '{{#came_to_webinar}}vielen Dank, dass Sie bei unserem Webinar waren.{{/came_to_webinar}}{{^came_to_webinar}}vielen Dank, dass Sie unsere Unterlagen gelesen haben.{{/came_to_webinar}}',
      why: `{{#job_title}}Eine Frage an Sie als {{job_title}}${FROM_DE}: {{/job_title}}`,
      end: 'Ich zeige Ihnen gern, wie andere es angehen. Wann passt Ihnen ein kurzes Telefonat?',
    },
    vendor: {
      subject: '{{#asked_for_demo}}Ihre Demo{{/asked_for_demo}}{{^asked_for_demo}}Ihre Fragen zu Preisen{{/asked_for_demo}}',
      asked: '{{#asked_for_demo}}vielen Dank für Ihre Anfrage nach einer Demo.{{/asked_for_demo}}{{^asked_for_demo}}Sie haben sich unsere Preise angesehen.{{/asked_for_demo}}',
      why: `Damit ich Ihnen zeige, worauf es{{#job_title}} Ihnen als {{job_title}}${FROM_DE}{{/job_title}} ankommt: `,
      end: 'Sagen Sie mir gern, wann es Ihnen passt und wer noch dabei sein soll.',
    },
  }),
};

function wordsOf(all: Pick<Words, 'hello' | 'bye'>, each: Record<AwarenessStage, Omit<Words, 'hello' | 'bye'>>): Record<AwarenessStage, Words> {
  return Object.fromEntries(AWARENESS_STAGES.map((stage) => [stage, { ...all, ...each[stage] }])) as Record<AwarenessStage, Words>;
}

function template(language: CopilotLanguage, awareness: AwarenessStage, group: string): MailTemplate {
  const { subject, hello, asked, why, end, bye } = WORDS[language][awareness];
  const industries = GROUPS[group];
  const stage = { field: 'awareness', op: 'eq', value: awareness };
  return {
    name: `default ${language}, ${awareness}, ${group}`, language, subject,
    when: industries.length > 0 ? { all: [stage, { field: 'industry', op: 'in', value: industries }] } : stage,
    body: [hello, asked, `${why}${QUESTIONS[language][group]}?`, end, bye].join('\n\n'),
  };
}

/** The mails of a tenant that has written none: by language, awareness and industry. */
export const DEFAULT_TEMPLATES: readonly MailTemplate[] = COPILOT_LANGUAGES.flatMap((language) =>
  AWARENESS_STAGES.flatMap((awareness) => Object.keys(GROUPS).map((group) => template(language, awareness, group))));
