import { TARGET_PATHS, targetAt } from './lead-targets';

/** Other names of a lead's fields, as forms, exports and vendors write them; compared without case and punctuation. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  salutation: ['title prefix', 'anrede', 'civilite', 'tratamiento', 'prefix', 'honorific', 'name prefix', 'titel anrede', 'titre civilite'],
  first_name: [
    'firstname', 'fname', 'given name', 'forename', 'vorname', 'prenom', 'nombre', 'person first name', 'contact first name', 'first',
    'christian name', 'rufname', 'nombre de pila', 'primer nombre', 'nombres',
  ],
  last_name: [
    'lastname', 'lname', 'surname', 'family name', 'nachname', 'nom de famille', 'apellido', 'apellidos', 'person last name', 'contact last name',
    'sn', 'last', 'familienname', 'zuname', 'primer apellido',
  ],
  full_name: [
    'name', 'fullname', 'your name', 'contact name', 'contact', 'lead name', 'person name', 'ansprechpartner', 'nom complet', 'nombre completo',
    'contact person', 'display name', 'kontakt', 'kontaktname', 'vor und nachname', 'vollstandiger name', 'nom et prenom', 'prenom et nom',
    'contacto', 'nombre y apellidos', 'nombre y apellido',
  ],
  email: [
    'e mail', 'mail', 'email address', 'e mail address', 'emailaddress', 'work email', 'business email', 'company email', 'your email',
    'contact email', 'person email', 'primary email', 'e mail adresse', 'adresse e mail', 'courriel', 'correo', 'correo electronico', 'email 1',
    'email1', 'e mail 1 value', 'email primary work', 'email adresse', 'mailadresse', 'mail adresse', 'adresse email', 'adresse mail',
    'adresse electronique', 'direccion de correo electronico', 'direccion de correo', 'email work', 'person email work', 'lead email',
  ],
  phone: [
    'phone number', 'telephone', 'tel', 'phonenumber', 'work phone', 'business phone', 'office phone', 'telefon', 'telefonnummer',
    'telephone number', 'telefono', 'person phone', 'primary phone', 'phone work', 'phone 1', 'phone1', 'main phone', 'phone 1 value',
    'person phone work', 'tel nr', 'rufnummer', 'festnetz', 'telefon geschaftlich', 'telefon beruflich', 'numero de telephone', 'telephone fixe',
    'tel fixe', 'numero de telefono', 'telefono fijo', 'telefono del trabajo', 'business telephone',
  ],
  mobile: [
    'mobile phone', 'cell', 'cell phone', 'cellphone', 'mobile number', 'handy', 'mobil', 'mobilephone', 'portable', 'movil', 'phone mobile',
    'mobile phone number', 'cellular', 'person phone mobile', 'handynummer', 'mobiltelefon', 'mobilnummer', 'mobilfunk', 'telephone portable',
    'tel portable', 'telephone mobile', 'telefono movil', 'celular',
  ],
  company_name: [
    'company', 'companyname', 'organization', 'organisation', 'organization name', 'account', 'account name', 'employer', 'business name', 'firma',
    'unternehmen', 'entreprise', 'societe', 'empresa', 'associated company', 'organisation name', 'business', 'company account', 'firmenname',
    'firmenbezeichnung', 'unternehmensname', 'betrieb', 'nom de l entreprise', 'nom de la societe', 'raison sociale', 'compania',
    'nombre de la empresa', 'razon social', 'organizacion', 'parent customer',
  ],
  job_title: [
    'title', 'jobtitle', 'position', 'role', 'job role', 'function', 'funktion', 'berufsbezeichnung', 'poste', 'fonction', 'cargo', 'puesto',
    'job', 'designation', 'occupation', 'beruf', 'stellenbezeichnung', 'jobbezeichnung', 'intitule du poste', 'puesto de trabajo',
    'titulo del puesto',
  ],
  industry: [
    'branche', 'sector', 'secteur', 'industria', 'industry sector', 'vertical', 'branch of industry', 'wirtschaftszweig', 'secteur d activite',
    'industrie', 'sector de actividad',
  ],
  employees: [
    'number of employees', 'numberofemployees', 'no of employees', 'employee count', 'company size', 'headcount', 'num employees', 'numemployees',
    'mitarbeiter', 'mitarbeiterzahl', 'anzahl mitarbeiter', 'effectif', 'nombre d employes', 'empleados', 'numero de empleados', 'no employees',
    'staff', 'anzahl der mitarbeiter', 'effectifs', 'nombre de salaries', 'num empleados',
  ],
  annual_revenue: [
    'annualrevenue', 'revenue', 'turnover', 'umsatz', 'jahresumsatz', 'chiffre d affaires', 'ingresos', 'yearly revenue', 'ca annuel',
    'ingresos anuales', 'facturacion', 'facturacion anual',
  ],
  website: [
    'url', 'web', 'web site', 'company website', 'homepage', 'webseite', 'site web', 'sitio web', 'company domain', 'domain',
    'company domain name', 'website url', 'web page', 'internetseite', 'internet', 'site internet', 'pagina web',
  ],
  street: [
    'address', 'address1', 'address line 1', 'street address', 'street1', 'mailing street', 'strasse', 'straße', 'adresse', 'rue', 'direccion',
    'calle', 'address 1', 'address street', 'billing street', 'business street', 'strasse und hausnummer', 'strasse hausnummer', 'strasse nr',
    'anschrift', 'adresse 1', 'adresse postale', 'domicilio', 'street 1',
  ],
  city: [
    'town', 'mailing city', 'ort', 'stadt', 'ville', 'ciudad', 'billing city', 'business city', 'address city', 'wohnort', 'commune', 'poblacion',
    'localidad', 'municipio',
  ],
  state: [
    'province', 'region', 'county', 'state region', 'mailing state', 'bundesland', 'departement', 'provincia', 'estado', 'state province',
    'billing state', 'mailing state province', 'billing state province', 'business state', 'kanton', 'etat', 'comunidad autonoma',
  ],
  postal_code: [
    'zip', 'zip code', 'zipcode', 'postcode', 'post code', 'postalcode', 'mailing postal code', 'plz', 'postleitzahl', 'code postal',
    'codigo postal', 'zip postal code', 'mailing zip postal code', 'billing postal code', 'billing zip postal code', 'business postal code', 'cp',
    'c p',
  ],
  country: [
    'country region', 'mailing country', 'country code', 'countrycode', 'land', 'pays', 'pais', 'nation', 'billing country', 'business country',
    'landercode',
  ],
  budget: ['estimated budget', 'project budget', 'presupuesto'],
  timeline: ['timeframe', 'time frame', 'purchase timeframe', 'zeitrahmen', 'kaufzeitraum', 'delai', 'echeance', 'plazo'],
  estimated_value: [
    'deal value', 'amount', 'expected revenue', 'lead value', 'value', 'opportunity value', 'opportunity amount', 'est value', 'potential value',
    'geschatzter wert', 'auftragswert', 'valeur estimee', 'montant', 'valor estimado', 'importe', 'valor',
  ],
  description: [
    'message', 'comments', 'comment', 'your message', 'nachricht', 'bemerkung', 'enquiry', 'inquiry', 'question', 'commentaire', 'mensaje',
    'details', 'about', 'summary', 'beschreibung', 'descriptif', 'descripcion',
  ],
  notes: [
    'note', 'remarks', 'notizen', 'interne notiz', 'remark', 'notiz', 'bemerkungen', 'kommentar', 'anmerkung', 'commentaires', 'remarque',
    'remarques', 'notas', 'nota', 'comentario', 'comentarios', 'observaciones',
  ],
  tags: ['labels', 'label', 'categories', 'schlagworte', 'tag', 'keywords', 'stichworte', 'kategorien', 'etiquettes', 'mots cles', 'etiquetas'],
  source: [
    'lead source', 'leadsource', 'original source', 'quelle', 'how did you hear about us', 'origen', 'lead quelle', 'leadquelle', 'herkunft',
    'source du lead', 'origine', 'origine du prospect', 'fuente', 'fuente del lead', 'fuente de posible cliente', 'origen del prospecto',
  ],
  campaign: ['campaign code', 'kampagne', 'campagne', 'campana', 'campaign name', 'source campaign'],
  external_id: [
    'id', 'record id', 'lead id', 'contact id', 'external key', 'externalid', 'hs object id', 'record id contact', 'record id lead', 'contactid',
    'leadid', 'person id', 'customer id', 'kundennummer', 'kunden nr', 'kontakt id', 'lead nummer', 'identifiant', 'id contact', 'numero client',
    'identificador', 'id de contacto', 'codigo de cliente',
  ],
  email_opt_out: [
    'emailoptout', 'opt out', 'unsubscribed', 'email optout', 'unsubscribed from all email', 'has opted out of email', 'hasoptedoutofemail',
    'opted out of email', 'do not email', 'donotemail', 'marketing email opt out', 'newsletter abgemeldet', 'desabonne', 'no enviar correo',
  ],
  do_not_call: ['donotcall', 'dnc', 'do not phone', 'donotphone', 'do not allow phone calls', 'nicht anrufen', 'ne pas appeler', 'no llamar'],
  page_url: ['page', 'landing page', 'page uri', 'pageurl', 'form url', 'first page seen', 'landingpage', 'page de destination'],
  referrer: ['referer', 'http referrer', 'referring url', 'first referring site', 'referral url'],
  'utm.source': ['utm source'],
  'consent.text_version': ['consent version'],
  currency: ['currency code', 'currencyisocode', 'wahrung', 'devise', 'moneda', 'divisa'],
  probability: ['likelihood to close', 'wahrscheinlichkeit', 'probabilite', 'probabilidad'],
  'click_ids.gclid': ['google click id'],
  'click_ids.fbclid': ['facebook click id'],
};

/** Lower case, without accents; whatever separates words is one blank. */
export const plain = (name: string): string =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/ß/gu, 'ss').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

export const BY_NAME: ReadonlyMap<string, string> = new Map([
  ...Object.entries(ALIASES).flatMap(([path, names]) => names.map((name) => [plain(name), path] as const)),
  ...TARGET_PATHS.map((path) => [plain(path), path] as const),
  ...TARGET_PATHS.filter((path) => path.startsWith('click_ids.')).map((path) => [plain(path.slice('click_ids.'.length)), path] as const),
]);

/** Where a value under this name belongs on a lead: a path of it such as `email` or `utm.source`, or null for a name that tells nothing. */
export const targetOfName = (name: string): string | null => (targetAt(name) ? name : BY_NAME.get(plain(name)) ?? null);
