import { targetOfName } from '../field-names';

/**
 * What forms ask in, in several languages, besides the usual names of fields. The first line that fits decides, so the narrower
 * ones come first. A phrase stands between other words; in scripts that don't part words, anywhere.
 */
const PHRASES: readonly (readonly [field: string, ...phrases: string[]])[] = [
  ['email', 'email', 'e mail', 'mail', 'mailadresse', 'mail address', 'correo', 'courriel', 'e post', 'epost', 'posta elettronica', 'почт', 'メール',
    '邮箱', '이메일'],
  ['mobile', 'mobile', 'mobiltelefon', 'mobilnummer', 'cell', 'handynummer', 'celular', 'cellulare', 'gsm', 'whatsapp', '携帯', '手机'],
  ['phone', 'phone', 'telephone', 'telefon', 'telefonnummer', 'rufnummer', 'telefono', 'telefone', 'telefoon', 'telefoonnummer', 'телефон', '電話',
    '电话', '전화'],
  ['first_name', 'first name', 'given name', 'vorname', 'prenom', 'voornaam', 'fornamn', 'fornavn', 'nome proprio', 'имя', '名字'],
  ['last_name', 'last name', 'surname', 'family name', 'nachname', 'familienname', 'zuname', 'cognome', 'sobrenome', 'apellidos', 'achternaam',
    'efternamn', 'фамилия'],
  ['employees', 'employees', 'headcount', 'company size', 'team size', 'mitarbeiterzahl', 'wie viele mitarbeiter', 'empleados', 'dipendenti',
    'medewerkers'],
  ['annual_revenue', 'annual revenue', 'jahresumsatz', 'turnover', 'chiffre d affaires'],
  ['industry', 'industry', 'branche', 'secteur d activite', 'settore'],
  ['website', 'website', 'web site', 'homepage', 'webseite', 'url', 'sitio web', 'sito web', 'site web'],
  ['job_title', 'job title', 'job function', 'job role', 'your role', 'your position', 'berufsbezeichnung', 'ihre position', 'ihre funktion',
    'poste', 'cargo', 'ruolo',
    'functie', 'должность', '役職', '职位'],
  ['company_name', 'company', 'company name', 'organization', 'organisation', 'employer', 'business name', 'firma', 'firmenname', 'unternehmen',
    'entreprise', 'societe',
    'empresa', 'azienda', 'bedrijf', 'bedrijfsnaam', 'foretag', 'компани', '会社', '公司', '회사'],
  ['full_name', 'full name', 'your name', 'first and last name', 'vollstandiger name', 'vollstandigen namen', 'ihr name', 'dein name',
    'wie heissen sie', 'wie heisst du',
    'nom complet', 'nom et prenom', 'votre nom', 'nombre completo', 'nombre y apellidos', 'tu nombre', 'nome completo', 'nome e cognome',
    'volledige naam', 'uw naam',
    'фио', '氏名', 'お名前', '姓名', '이름'],
  ['postal_code', 'postal code', 'postcode', 'zip', 'zip code', 'plz', 'postleitzahl', 'code postal', 'codigo postal', 'cep'],
  ['city', 'city', 'town', 'wohnort', 'ville', 'ciudad', 'citta', 'cidade'],
  ['country', 'country', 'in welchem land', 'pays', 'pais', 'paese'],
  ['budget', 'budget', 'presupuesto'],
  ['timeline', 'timeline', 'time frame', 'timeframe', 'zeitrahmen', 'zeitplan', 'how soon'],
  ['description', 'message', 'comments', 'nachricht', 'ihr anliegen', 'ihre frage', 'mensaje', 'messaggio', 'how can we help',
    'anything that will help', 'anything else'],
];

/** A whole name is told from its first part only where the words stand alone. */
const ALONE: Readonly<Record<string, string>> = { nom: 'last_name', nome: 'first_name', naam: 'full_name', 姓: 'last_name', 名: 'first_name' };

const MOST_WORDS = 12;
/** "Which company's software do you use?" isn't about the person's company. */
const ABOUT_SOMETHING_ELSE = /\b(which|do you|does|did|are you|have you|would you|why|use|using|welchem?|welche[rs]?|benutzen|quel(le)?s?)\b/;

const PATTERNS = PHRASES.map(([field, ...phrases]) => {
  const [spaced, other] = [phrases.filter((phrase) => /^[a-z ]+$/.test(phrase)), phrases.filter((phrase) => !/^[a-z ]+$/.test(phrase))];
  return [field, new RegExp([`\\b(?:${spaced.join('|')})\\b`, ...other.map(plain)].join('|'), 'u')] as const;
});

/**
 * Which field of a lead a question asks for: by the usual names of fields, else by the words that forms use. Only for questions
 * that plainly ask for one thing.
 * @returns a path of a lead; undefined when nothing tells
 */
export function guessField(name: string, label?: string): string | undefined {
  for (const text of [name, label]) {
    if (text === undefined) continue;
    const target = targetOfName(text) ?? targetOfWords(plain(text));
    if (target) return target;
  }
  return undefined;
}

function targetOfWords(words: string): string | undefined {
  if (Object.hasOwn(ALONE, words)) return ALONE[words];
  if (/^(user|contact|lead|person|customer) id$/.test(words)) return 'external_id';
  if (words.split(' ').length > MOST_WORDS || ABOUT_SOMETHING_ELSE.test(words)) return undefined;
  return PATTERNS.find(([, pattern]) => pattern.test(words))?.[0];
}

/** Small letters without accents, words apart: `firstName`, `FIRST_NAME` and `First name:` become `first name`. */
function plain(text: string): string {
  return text.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}
