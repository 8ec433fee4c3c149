import { TARGET_PATHS, targetAt } from './lead-targets';

/** Other names of a lead's fields, as forms, exports and vendors write them; compared without case and punctuation. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  salutation: ['title prefix', 'anrede', 'civilite', 'tratamiento', 'prefix', 'honorific'],
  first_name: ['firstname', 'fname', 'given name', 'forename', 'vorname', 'prenom', 'nombre', 'person first name', 'contact first name'],
  last_name: ['lastname', 'lname', 'surname', 'family name', 'nachname', 'nom de famille', 'apellido', 'apellidos', 'person last name', 'contact last name', 'sn'],
  full_name: ['name', 'fullname', 'your name', 'contact name', 'contact', 'lead name', 'person name', 'ansprechpartner', 'nom complet', 'nombre completo'],
  email: [
    'e mail', 'mail', 'email address', 'e mail address', 'emailaddress', 'work email', 'business email', 'company email', 'your email', 'contact email',
    'person email', 'primary email', 'e mail adresse', 'adresse e mail', 'courriel', 'correo', 'correo electronico',
  ],
  phone: [
    'phone number', 'telephone', 'tel', 'phonenumber', 'work phone', 'business phone', 'office phone', 'telefon', 'telefonnummer', 'telephone number', 'telefono',
    'person phone', 'primary phone', 'phone work',
  ],
  mobile: ['mobile phone', 'cell', 'cell phone', 'cellphone', 'mobile number', 'handy', 'mobil', 'mobilephone', 'portable', 'movil', 'phone mobile'],
  company_name: [
    'company', 'companyname', 'organization', 'organisation', 'organization name', 'account', 'account name', 'employer', 'business name', 'firma', 'unternehmen',
    'entreprise', 'societe', 'empresa', 'associated company',
  ],
  job_title: ['title', 'jobtitle', 'position', 'role', 'job role', 'function', 'funktion', 'berufsbezeichnung', 'poste', 'fonction', 'cargo', 'puesto', 'job'],
  industry: ['branche', 'sector', 'secteur', 'industria', 'industry sector', 'vertical'],
  employees: [
    'number of employees', 'numberofemployees', 'no of employees', 'employee count', 'company size', 'headcount', 'num employees', 'numemployees', 'mitarbeiter',
    'mitarbeiterzahl', 'anzahl mitarbeiter', 'effectif', 'nombre d employes', 'empleados', 'numero de empleados',
  ],
  annual_revenue: ['annualrevenue', 'revenue', 'turnover', 'umsatz', 'jahresumsatz', 'chiffre d affaires', 'ingresos'],
  website: ['url', 'web', 'web site', 'company website', 'homepage', 'webseite', 'site web', 'sitio web', 'company domain', 'domain', 'company domain name'],
  street: ['address', 'address1', 'address line 1', 'street address', 'street1', 'mailing street', 'strasse', 'straße', 'adresse', 'rue', 'direccion', 'calle'],
  city: ['town', 'mailing city', 'ort', 'stadt', 'ville', 'ciudad'],
  state: ['province', 'region', 'county', 'state region', 'mailing state', 'bundesland', 'departement', 'provincia', 'estado'],
  postal_code: ['zip', 'zip code', 'zipcode', 'postcode', 'post code', 'postalcode', 'mailing postal code', 'plz', 'postleitzahl', 'code postal', 'codigo postal'],
  country: ['country region', 'mailing country', 'country code', 'countrycode', 'land', 'pays', 'pais'],
  budget: ['estimated budget', 'project budget'],
  timeline: ['timeframe', 'time frame', 'purchase timeframe'],
  estimated_value: ['deal value', 'amount', 'expected revenue', 'lead value', 'value'],
  description: ['message', 'comments', 'comment', 'your message', 'nachricht', 'bemerkung', 'enquiry', 'inquiry', 'question', 'commentaire', 'mensaje', 'details'],
  notes: ['note', 'remarks', 'notizen', 'interne notiz'],
  tags: ['labels', 'label', 'categories', 'schlagworte'],
  source: ['lead source', 'leadsource', 'original source', 'quelle', 'how did you hear about us', 'origen'],
  campaign: ['campaign code', 'kampagne', 'campagne', 'campana'],
  external_id: ['id', 'record id', 'lead id', 'contact id', 'external key', 'externalid', 'hs object id'],
  email_opt_out: ['emailoptout', 'opt out', 'unsubscribed', 'email optout', 'unsubscribed from all email', 'has opted out of email'],
  do_not_call: ['donotcall', 'dnc'],
  page_url: ['page', 'landing page', 'page uri', 'pageurl', 'form url'],
  referrer: ['referer', 'http referrer', 'referring url'],
  'utm.source': ['utm source'], 'utm.medium': ['utm medium'], 'utm.campaign': ['utm campaign'], 'utm.term': ['utm term'], 'utm.content': ['utm content'],
  'consent.text_version': ['consent version'], 'consent.at': ['consent date', 'consent time'], 'consent.origin': ['consent source'],
};

/** Lower case, without accents; whatever separates words is one blank. */
const plain = (name: string): string =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/ß/gu, 'ss').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

const BY_NAME: ReadonlyMap<string, string> = new Map([
  ...Object.entries(ALIASES).flatMap(([path, names]) => names.map((name) => [plain(name), path] as const)),
  ...TARGET_PATHS.map((path) => [plain(path), path] as const),
  ...TARGET_PATHS.filter((path) => path.startsWith('click_ids.')).map((path) => [plain(path.slice('click_ids.'.length)), path] as const),
]);

/** Where a value under this name belongs on a lead: a path of it such as `email` or `utm.source`, or null for a name that tells nothing. */
export const targetOfName = (name: string): string | null => (targetAt(name) ? name : BY_NAME.get(plain(name)) ?? null);
