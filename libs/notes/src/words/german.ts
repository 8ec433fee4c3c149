import type { Words } from './words';

export const GERMAN: Words = {
  headings: {
    budget: ['budgets?', 'etat', 'mittel', 'geld', 'budgetrahmen', 'finanzierung', 'kohle'],
    authority: ['entscheider(?:in)?', 'entscheidung', 'wer', 'wer entscheidet', 'entscheidet', 'befugnis'],
    need: ['bedarf', 'problem', 'probleme', 'schmerz', 'anforderung(?:en)?', 'herausforderung'],
    timeline: ['zeitplan', 'zeitrahmen', 'zeit', 'termin', 'wann', 'frist', 'zeithorizont', 'einführung', 'start', 'timing'],
    ours: ['wiedervorlage', 'wv', 'nächste schritte', 'nächster schritt', 'wettbewerb', 'angebot', 'umsatz', 'rückruf'],
  },
  hypothetical: [
    'wenn sie', 'wenn (?:das )?budget', 'falls', 'hätten sie', 'hätte er', 'hätte sie', 'würden?', 'könnte sich vorstellen', 'gerüchte',
    'angenommen',
  ],
  uncertain: [
    'offen', 'unklar', 'unbekannt', 'weiß (?:er|sie|ich|man|noch)? ?(?:nicht|nix|keiner)', 'keine ahnung',
    'nicht (?:klar|bekannt|sicher|gefragt|gesagt|verraten|bestätigt|geklärt)', 'ob', 'wollte (?:er|sie)? ?nicht sagen', 'k\\. ?a\\.',
    'noch zu klären', 'sagt (?:er|sie) nicht', 'ungeklärt', 'nicht definiert',
  ],
  negation: ['kein(?:e|en|er|es|em|erlei)?', 'nicht', 'ohne', 'nie', 'niemand', 'nix', 'nichts', 'null'],
  conjunctions: [
    'aber', 'während', 'jedoch', 'sondern', 'allerdings', 'weil', 'doch', 'obwohl',
    '(?:und|u\\.)(?= (?:der|die|das|er|sie|wir|ist|hat|haben|will|wollen|braucht|kein\\p{L}*)(?![\\p{L}]))',
  ],
  notTheirs: [
    'unser(?:e|en|em|er|es)?', 'mein(?:e|en|em|er)?', 'ehemalige[nrs]?', 'ex', 'war(?: früher| mal)?', 'frühere[rn]?', 'früher',
    'vermittelt (?:durch|von)', 'empfohlen von', 'neue[rn]?', 'alte[rn]?',
  ],
  elsewhere: [
    'konkurren(?:t|z|ten)', 'wettbewerb(?:er|ers|s)?', 'mitbewerber', 'andere[nrs]? (?:firma|kunden?|unternehmen)',
    '(?:deren|ihr|ein) (?:kunde|lieferant)', 'schwesterfirma', 'muttergesellschaft', 'referenzkunde',
  ],
  pronouns: ['er', 'der', 'die', 'ihm', 'seine?', 'ihre?'],
  budget: [
    'budgets?', 'budgetiert', 'haushalt(?:smittel)?', 'mittel', 'etat', 'budgetrahmen', 'investieren', 'ausgeben', 'geld', 'eingeplant',
    'topf', 'zur verfügung', '(?:investitions|förder|budget)?antrag über', 'fördermittel', 'reserviert', 'stehen (?:dafür |dafuer )?bereit', 'bereitgestellt', 'obergrenze', 'maximal', 'eingestellt',
  ],
  limits: [
    'wollen', 'in die hand', '(?:ist|sind|wäre|wären) (?:machbar|ok|möglich|denkbar)', 'unter', 'nicht über', 'zielpreis', 'vorstellung(?:en)?', 'auf dem tisch', 'parat', 'übrig', 'höchstens', 'max(?:imal)?\\.?', 'bis zu', 'nicht mehr als', 'mehr als', 'rahmen', 'limit', '(?:wäre|ist|sind|wären) drin', 'größenordnung', 'schmerzgrenze', 'stehen bereit',
    'eingeplant',
  ],
  otherMoney: [
    'umsatz', 'jahresumsatz', 'angebot(?:en)?', 'unser preis', 'kosten', 'kostet', 'verlieren', 'verlust', 'sparen',
    'einspar(?:ung|en|ungen)', 'ersparnis', 'zahlt', 'zahlen', 'bezahlt', 'gewinn', 'finanzierungsrunde', 'investoren', 'runde',
    'bewertung', 'aktuell', 'derzeit', 'pro monat', '/ ?monat', 'rabatt', 'förderung', 'strafe', 'schaden', 'rechnung', 'macht',
    'p\\.a\\.', 'listenpreis', 'gehalt', 'lizenz(?:kosten|gebühr)', 'auftragswert', 'volumen', 'letztes jahr', 'vorjahr',
  ],
  approved: [
    'freigegeben', 'genehmigt', 'bewilligt', 'bestätigt', 'abgesegnet', 'vorhanden', 'verfügbar', 'steht(?: zur verfügung| bereit)?',
    'gesichert', 'bereitgestellt', 'zugesagt', 'freigabe (?:liegt vor|erteilt|da|ist da)', 'haben (?:das |ein )?budget', 'beschlossen',
    'durch(?:gewunken)?', 'abgenickt', 'reserviert', 'grünes licht', 'unterschrieben', 'haben (?:die )?mittel', 'steht im haushalt', 'zur verfügung', 'ist da(?= |[.,]|$)',
  ],
  planned: [
    'geplant', 'wartet auf (?:\\p{L}+ )?(?:freigabe|genehmigung)', 'beantragt', 'vorgesehen', 'eingeplant',
    'wird (?:\\p{L}+ ){0,3}(?:freigegeben|genehmigt)', 'noch nicht (?:freigegeben|genehmigt|bewilligt|durch|abgesegnet|bestätigt)',
    'nicht (?:freigegeben|genehmigt|bewilligt)', 'freigabe (?:steht (?:noch )?aus|fehlt|offen|ausstehend|folgt|im|erwartet|noch)',
    'muss (?:noch )?(?:\\p{L}+ ){0,3}(?:freigegeben|genehmigt|freigeben|genehmigen)', 'planen', 'erwartet', 'in planung', 'ausstehend',
    'muss (?:noch )?(?:unterschreiben|zustimmen)', 'zustimmung (?:fehlt|steht aus|nötig)', 'genehmigung (?:\\p{L}+ ){0,3}(?:erwartet|aus|offen|ausstehend|fehlt)', 'antrag (?:läuft|gestellt)', 'zur freigabe', 'angemeldet', 'freigabe (?:\\p{L}+ ){0,3}(?:erwartet|aus|offen)',
  ],
  noBudget: [
    '(?:erst|frühestens) (?:ab |im |in |wieder |nächstes jahr |\\p{L}?\\d+ ){1,3}(?:wieder )?(?:budget|mittel|geld)',
    'kein(?:e|en|erlei)? (?:\\p{L}+ )?(?:budget|mittel|etat|geld|kohle)', 'ohne budget', 'null budget',
    '(?:budget|etat) (?:ist |wurde |komplett )?(?:gestrichen|eingefroren|weg|aufgebraucht|ausgeschöpft|gekürzt auf null|gesperrt|verplant|leer)',
    'budget (?:ist )?nicht (?:vorhanden|da)', 'haushaltssperre', 'budgetsperre', 'nichts (?:eingeplant|budgetiert)', 'gestrichen',
    'eingefroren', '(?:budget|etat|mittel) (?:ist |sind |bereits |schon )*(?:ausgegeben|vergeben|erschöpft)', 'kein geld (?:mehr )?(?:da|übrig)', 'nichts mehr (?:da|übrig|im topf)',
  ],
  decides: [
    'entscheider(?:in)?', 'entscheidet', 'entscheiden', 'entscheidungsbefugt', 'entscheidung(?:en)? (?:trifft|liegt bei|fällt|macht)', 'entscheidungsbefugnis', 'trifft die entscheidung(?:en)?',
    'entscheidungsträger(?:in)?', 'unterschreibt', 'unterschrift', 'letztes? wort', 'das sagen', 'budgetverantwort(?:ung|lich(?:e|er)?)',
    'hat das letzte wort', 'hat die entscheidung', 'entscheidung (?:obliegt|fällt)', 'gibt grünes licht', 'ist (?:der|die) (?:chef|entscheider)(?:in)?', 'verantwortlich für (?:die entscheidung|den einkauf|das budget)', 'budgethoheit', 'verantwortet (?:das|ein|sein|ihr) budget', 'mitentscheider(?:in)?', 'entscheidet mit', 'muss (?:noch |dem |es |das |alles |selbst ){0,2}(?:zustimmen|unterschreiben|freigeben|absegnen|entscheiden)', 'stimmt zu',
    'entschieden wird (?:vom|von der|von|durch)', 'entscheidung (?:durch|von|beim|liegt beim|liegt bei der)', 'gibt frei', 'zeichnungsberechtigt', 'genehmigt alles', 'hat den hut auf', 'segnet ab', 'freigabe (?:durch|vom|von)', 'gibt das ok',
  ],
  champions: [
    'fürsprecher(?:in)?', 'unterstützer(?:in)?', 'unterstützt uns', 'setzt sich (?:\\p{L}+ ){0,4}ein', 'macht sich (?:\\p{L}+ ){0,3}stark',
    'kämpft für uns', 'treibt (?:es|das|das thema|uns|die sache)(?: intern)? (?:voran|intern)', 'wirbt (?:\\p{L}+ )?für uns',
    'steht hinter uns', 'will uns (?:\\p{L}+ )?unbedingt', 'fan von uns', 'großer fan', 'auf unserer seite', 'boxt (?:es|das|uns) durch',
    'verkauft (?:es|uns) intern', 'begeistert von uns', 'champion', 'promotet',
  ],
  influences: [
    'beeinflusst', 'empfiehlt', 'empfehlung', 'empfehlen', 'berät', 'redet mit', 'einfluss', 'bewertet', 'evaluiert',
    'prüft (?:nur |technisch|die technik|fachlich|die tools?)', 'testet',
    'gibt (?:nur )?(?:\\p{L}+ )?(?:feedback|input|einschätzung|rat|meinung|stellungnahme)', 'hat mitspracherecht', 'mitspracherecht',
    'darf mitreden', 'bereitet (?:\\p{L}+ )?(?:die )?entscheidung(?:en)? vor', 'sammelt (?:\\p{L}+ )?angebote', 'vergleicht', 'meinung zählt',
    'vorauswahl', 'fachlich', 'muss (?:\\p{L}+ ){0,3}(?:fragen|überzeugen)',
  ],
  blocks: [
    'torwächter(?:in)?', 'lässt (?:\\p{L}+ ){0,2}nicht (?:\\p{L}+ ){0,3}durch', 'wimmelt', 'blockt', 'blockiert', 'stellt (?:\\p{L}+ ){0,2}nicht durch',
    'filtert', 'schirmt', 'kommt man nicht vorbei', 'kein vorbeikommen', 'blockt ab', 'läuft alles über', 'gehen alle anfragen über', 'vertröstet', 'wehrt (?:\\p{L}+ ){0,2}ab', 'verbindet (?:\\p{L}+ ){0,2}nicht', 'kein durchkommen',
    'will (?:\\p{L}+ )?nicht verbinden', 'hält (?:\\p{L}+ ){0,3}fern',
  ],
  bodies: [
    'vorstand', 'gremium', 'geschäftsleitung', 'geschäftsführung', 'beirat', 'aufsichtsrat', 'konzern', 'zentrale', 'stadtrat',
    'gemeinderat', 'team', 'ausschuss', 'einkauf',
  ],
  need: [
    'bedarf', 'brauch(?:t|en)', 'benötig(?:t|en)', 'such(?:t|en)', 'gesucht', 'problem', 'probleme', 'herausforderung(?:en)?',
    'manuell(?:e|er|en)?', 'händisch', 'von hand', 'veraltet(?:e|es|en)?', 'schmerz(?:punkt)?', 'engpass', 'engpässe', 'zeitaufwendig',
    'zeitaufwändig', 'fehleranfällig', 'ablösen', 'ersetzen', 'kämpf(?:t|en)', 'leide(?:t|n)', 'dauert (?:viel )?zu lange', 'zu langsam',
    'zettelwirtschaft', 'papier', 'excel(?:-listen?|-chaos)?', 'verlieren (?:\\p{L}+ )?(?:zeit|aufträge|kunden|daten)', 'stillstand',
    'ausfälle', 'ausfall', 'fehler', 'reklamationen', 'beschwerden', 'überlastet', 'chaos', 'doppelt(?:e)? (?:erfassung|gepflegt)',
    'fehlt', 'fehlen', 'unzufrieden', 'genervt', 'abgekündigt', 'stürzt', 'kommen nicht hinterher', 'verzögerungen', 'ausschuss',
    'ausschussquote', 'gehen (?:\\p{L}+ )?verloren',
  ],
  noNeed: [
    'kein(?:en|e|erlei)? (?:(?:konkret|echt|akut|wirklich|aktuell)(?:e[nrms]?)? )?(?:bedarf|problem|probleme|interesse|schmerz)',
    'sehr zufrieden', '(?<!un)zufrieden(?: mit)?', 'brauch(?:t|en) (?:\\p{L}+ )?(?:nichts|nix|keine?n?|uns nicht|das nicht)',
    'läuft alles', 'alles gut', 'passt alles', 'funktioniert (?:alles )?gut', 'nicht interessiert', 'sehen keinen (?:bedarf|grund)',
    'kein interesse',
  ],
  sellersNeed: [
    'müssen wir', 'wir (?:brauchen|müssen|suchen)', 'ich (?:brauche|muss|suche)',
    'braucht (?:\\p{L}+ ){0,2}(?:freigabe|zustimmung|genehmigung|bedenkzeit|zeit|unterlagen|infos?|angebot)',
    'brauch(?:t|en) noch (?:\\p{L}+ )?(?:zeit|infos?|unterlagen|angebot)', 'fehlt noch (?:die )?(?:freigabe|unterschrift|info)',
    'budget fehlt', 'freigabe fehlt', 'probleme? (?:ihn|sie) zu erreichen',
  ],
  wanted: [
    'zeitplan', 'zeitrahmen', 'einführ(?:en|ung)', 'start(?:en|et)?', 'beginn(?:en)?', 'umsetz(?:en|ung)', 'umgesetzt', 'produktiv',
    'entscheidung', 'entscheiden', 'vertrag läuft', 'läuft (?:\\p{L}+ )?aus', 'soll(?:en)?', 'muss', 'müssen', 'wollen', 'will',
    'möchten?', 'frist', 'einsatzbereit', 'fertig', 'in betrieb', 'live', 'go-?live', 'spätestens', 'inbetriebnahme', 'umstellung',
    'rollout', 'brauchen (?:es|das|die|eine)', 'braucht (?:es|das|die|eine)', 'eröffnung', 'kickoff', 'projektstart',
  ],
  sellersSteps: [
    'nachfassen', 'rückruf', 'rufe?', 'ruft', 'anruf(?:en)?', 'angerufen', 'termin(?: am| vereinbart| verschoben)?', 'meld(?:en|e|et)',
    'angebot', 'schicke?n?', 'senden', 'gespräch', 'wiedervorlage', 'treffen', 'getroffen', 'vorführung', 'demo', 'urlaub', 'messe',
    'besuch', 'gesprochen', 'meeting', 'webinar', 'telefonat', 'erinner(?:n|ung)', 'bescheid', 'verschoben', 'unterlagen', 'rabatt',
    'telefonieren', 'wieder da', 'krank', 'elternzeit',
  ],
  within: [
    'innerhalb (?:von|der nächsten)?', 'innert', 'binnen', 'in', 'in den nächsten', 'in den kommenden', 'in ca\\.?', 'in spätestens',
    'spätestens in', 'in rund',
  ],
  until: ['bis', 'bis zum', 'vor', 'vor dem', 'spätestens', 'spätestens am', 'zum'],
  asap: [
    'sofort', 'dringend', 'so schnell wie möglich', 'so bald wie möglich', 'schnellstmöglich', 'umgehend', 'baldmöglichst', 'eilt',
    'eilig', 'schnellstens', 'am besten gestern', 'asap', 'brennt', 'unverzüglich', 'ab sofort',
  ],
  noRush: [
    'kein(?:e|en|erlei)? (?:\\p{L}+ )?(?:zeitdruck|eile|zeitplan|termin|frist|dringlichkeit|deadline|stress|druck)',
    'nicht (?:eilig|dringend|zeitkritisch)', 'irgendwann', 'eilt nicht', 'keine eile', 'hat zeit', 'haben zeit',
    'zeitlich (?:offen|flexibel)', 'ohne zeitdruck', 'drängt nicht',
  ],
};
