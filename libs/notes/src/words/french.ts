import type { Words } from './words';

/** What somebody gives who has a say, and how it is given. */
const CONSENT = "(?:accord|feu vert|validation|aval|signature|approbation|go|ok|autorisation|visa)";
const TO_CONSENT = `(?:valider|approuver|signer|trancher|autoriser|décider|accepter|donner (?:son |leur |le |l')?${CONSENT})`;

export const FRENCH: Words = {
  headings: {
    budget: ['budget', 'enveloppe', 'financement'],
    authority: ['décideu(?:r|se)', 'décisionnaire', 'qui décide', 'décision', 'autorité', 'qui'],
    need: ['besoins?', 'problèmes?', 'problématique', 'douleur', 'enjeux?'],
    timeline: ['calendrier', 'délai', 'échéance', 'quand', 'planning', 'timing', 'date', 'démarrage'],
    ours: ['suite', 'prochaine étape', 'à faire', 'relance', 'concurrent', 'concurrence', 'devis', 'rappel'],
  },
  hypothetical: [
    "s'ils (?:avaient|ont)", "s'il avait", 'si (?:le )?budget', "s'ils", 'auraient', 'aurait', 'signeraient', 'imaginons', 'en théorie',
    'je (?:pense|suppose|dirais|crois|imagine|parie)', 'si (?:le|la|les|on|elle|un|une)', 'une fois que',
  ],
  uncertain: [
    'à définir', 'inconnu(?:e)?', 'à préciser', '(?:non|pas) définie?', 'ne sai(?:t|s|vent) pas', 'sai(?:t|s) pas',
    'pas (?:clair|sûr|précisé|communiqué|dit|demandé|confirmé)', "n'a pas (?:dit|voulu|précisé)", 'aucune idée', 'reste à (?:voir|savoir)', 'flou',
    'sans savoir', 'savoir si', 'on ignore', 'ne (?:dit|précise) pas', 'je ne sais', 'validé ou non', 'ou pas', 'ça dépend', 'dépend de',
    'montant (?:inconnu|non communiqué|confidentiel)', 'pas de (?:montant|chiffre)', "n'ont pas parlé",
  ],
  negation: ['pas', 'ne', 'aucun(?:e)?', 'sans', 'jamais', 'rien', 'ni', 'zéro'],
  conjunctions: [
    'mais', 'alors que', 'tandis que', 'cependant', 'et(?= (?:le|la|les|il|elle|ils|elles|on|nous|est|a|ont|veut|veulent|pas|aucune?)(?![\\p{L}]))',
  ],
  notTheirs: ['notre', 'nos', 'mon', 'ma', 'ancien(?:ne)?', 'ex', 'était', 'recommandé par', 'nouveau', 'nouvelle', 'chez nous'],
  elsewhere: ['concurrents?', 'autre (?:société|client|entreprise)', 'un (?:client|fournisseur)', 'leur (?:client|fournisseur)', 'maison mère'],
  pronouns: ['il', 'elle', 'qui', 'lui'],
  budget: [
    'budget', 'enveloppe', 'crédits', 'financement', 'investir', 'dépenser', 'mettre', 'plafond', 'de côté', 'fonds', 'dispos(?:e|ent) de',
    'prévoi(?:t|ent)', 'ont(?= (?:environ )?\\d)', 'il reste',
  ],
  limits: [
    'maximum', 'maxi', 'au plus', 'autour de', 'sur la table', '(?:serait|seraient|est) (?:ok|possible|acceptable|envisageable)', 'moins de',
    'consacrer', 'prêts? à', "jusqu'à", 'pas plus de', 'ne (?:peuvent|peut) pas (?:dépasser|aller au-delà)', 'dépasser', 'fourchette',
    'ordre de grandeur', 'enveloppes?', 'dans le budget', 'mis de côté',
    "(?:ont|a|avec|dispose(?:nt)?|il y a)(?= (?:environ |encore |jusqu'à |seulement |entre |près de |à peu près )*[^a-z\\d]{0,3}(?:[a-z]{2,3} )?\\d)",
    'bon de commande',
  ],
  otherMoney: [
    "chiffre d'affaires", 'ca(?= (?:de|:|annuel))', 'notre (?:devis|offre|prix|proposition)', 'devis', 'offre', 'proposition', 'coûte(?:nt)?',
    'coût', 'paie(?:nt)?', 'paye(?:nt)?', 'actuellement', 'levée', 'levé', 'lève', 'économi(?:e|es|ser)', 'perd(?:ent)?', 'pertes?', 'par mois',
    '/ ?mois', 'subvention', 'bénéfice', 'remise', 'par an', 'facture', 'amende', 'valorisation', 'salaire', 'dépensent',
  ],
  approved: [
    'validée?s?', 'approuvée?s?', 'donné son feu vert', 'accordé(?:e)?', 'confirmé(?:e)?', 'disponibles?', 'alloué(?:e)?', 'débloqué(?:e)?',
    'acté(?:e)?', 'voté(?:e)?', 'signé(?:e)?', 'feu vert', 'ont (?:le |un )?budget', 'réservé(?:e)?', 'acquis', 'votée?s?', 'débloquée?s?',
    'de côté', `(?:(?:a|ont|avec) (?:eu |déjà |reçu |obtenu ){0,2}(?:le |la |l'|son |leur |un |une |notre )|(?:obtenu|reçu) (?:\\p{L}+ )?)${CONSENT}`, 'au budget', 'dans le budget', 'budgétée?s?',
    'bon de commande (?:signé|émis|reçu)', `${CONSENT} (?:\\S+ ){0,5}(?:obtenue?|donnée?|reçue?|acquise?)`,
  ],
  planned: [
    'prévue?s?', 'en attente', 'à valider', 'demandé(?:e)?', 'pas encore (?:validé|approuvé|accordé|débloqué|voté|signé)e?',
    'pas (?:validé|approuvé)e?', 'reste à valider', 'sera (?:validé|voté|approuvé|débloqué)e?', 'en cours de validation',
    'non (?:validé|approuvé)e?', 'envisagé(?:e)?', 'planifié(?:e)?', "attend(?:ent)? (?:la |l')?(?:validation|accord)",
    'doit (?:encore )?(?:valider|approuver|signer)', 'doit être (?:validé|voté|approuvé)e?', 'à confirmer',
    `(?:attend(?:ent|ons|re)?|en attente d[eu']|besoin d[eu']|sous réserve d[eu'] ?|manque|il faut|reste) (?:\\p{L}+ |l'|d')?${CONSENT}`,
    `(?:doit|doivent) (?:encore )?(?:être )?${TO_CONSENT}`, 'demandée?s?', 'pas encore (?:\\p{L}+)',
    'en (?:cours de )?(?:discussion|négociation|étude|arbitrage|validation)',
    'sera (?:\\p{L}+ )?(?:votée?|validée?|approuvée?|arbitrée?|décidée?|débloquée?)', 'on parle de', 'espèrent?', 'sollicitée?s?',
    '(?:dès que|une fois que|quand|lorsque) (?:\\S+ ){0,6}(?:validée?|approuvée?|signée?|accordée?|votée?|débloquée?)',
  ],
  asked: [
    'validation de', 'doit (?:encore )?valider', 'prévue?s?', 'en attente', 'à valider', 'demandée?s?',
    `(?:attend(?:ent|ons)?|besoin d[eu']) (?:\\p{L}+ |l')?${CONSENT}`, `${CONSENT} (?:du siège |de la direction |du \\p{L}+ )?pour`, 'on parle de',
    'espère(?:nt)?', 'sollicitée?s?', 'dossier de',
  ],
  noBudget: [
    "(?:pas|aucun|plus|zéro)(?: encore)? (?:de |d'|le |un )?(?:\\p{L}+ )?(?:budget|financement|enveloppe|crédits|argent)", 'sans budget',
    'budget (?:est )?(?:gelé|coupé|épuisé|nul|zéro|supprimé|bloqué)', 'gelé', "n'(?:a|ont|y a) (?:pas|plus|aucun) (?:de )?(?:budget|argent)",
    'rien de (?:budgété|prévu)', '(?:aucune|pas de) ligne(?: budgétaire)?', 'pas budgété',
    '(?:budget|financement|crédit|demande|subvention|enveloppe)s? (?:\\p{L}+ ){0,3}(?:refusée?s?|rejetée?s?|gelée?s?|coupée?s?|supprimée?s?|annulée?s?|épuisée?s?|suspendue?s?|consommée?s?)',
    'pas (?:de |un )?(?:sous?|sou|moyens|fric|thune|rond)', 'plus (?:un sou|un euro|rien)', "(?:n'ont|n'a) pas les moyens",
    'gel des (?:dépenses|investissements|budgets)',
  ],
  decides: [
    'décideu(?:r|se)', 'décide(?:ra|nt)?', '(?:la )?décision (?:revient|appartient) (?:à|au|aux)', 'donne le feu vert',
    "c'est (?:son|sa) (?:choix|budget)", 'choisit', 'choisira', "c'est sa décision",
    'doit (?:encore )?(?:valider|signer|approuver|donner son accord)', 'décisionnaire', 'prend la décision', 'prend les décisions',
    'prendra la décision', 'dernier mot', 'signe(?:ra)?(?! un)', 'valide(?:ra)?', 'tranche(?:ra)?', 'pouvoir de (?:décision|signature)',
    'donne son feu vert', 'a le dernier mot', 'décision finale', "c'est (?:lui|elle) qui décide", 'arbitre', 'tient les cordons',
    `(?:doit|doivent|va|peut) (?:encore |aussi |d'abord )?${TO_CONSENT}`, 'peut dire oui', 'carte blanche', `${CONSENT} (?:du|de la|de l'|des|de|par)`,
    `(?:donne|donnera|a donné) (?:\\p{L}+ )?${CONSENT}`, 'tranchera?',
    '(?:la décision|le budget|le dernier mot|le pouvoir) (?:\\p{L}+ )?(?:est|revient|appartient|reste) (?:à|au|chez|entre les mains)',
    "c'est (?:lui|elle) qui (?:signe|valide|tranche|choisit|paie|arbitre|achète)",
    '(?:gère|détient|tient|contrôle|maîtrise) (?:le |son |les )?(?:budget|cordons|bourse)',
    '(?:a|ont) (?:la|le|une) (?:signature|pouvoir|délégation)', 'décide (?:seul|seule|de tout)', 'seul(?:e)? décideu(?:r|se)', 'approuve(?:ra)?',
    'autorise(?:ra)?', `(?:${CONSENT}|décision|choix) (?:appartient|revient|incombe) (?:aux?|à)`,
  ],
  champions: [
    'défenseur', 'soutien interne', 'promoteur', 'nous soutient', 'soutient (?:le projet|notre|la solution|en interne)',
    'pousse (?:le projet|notre|pour nous|en interne|fort)', 'défend (?:notre|le projet|la solution|nous)', 'nous défend', 'ambassadeur',
    'ambassadrice', 'champion(?:ne)?', 'se bat pour nous', 'milite pour', 'porte le projet', 'nous appuie', 'convaincu(?:e)? et pousse',
    'nous pousse', 'de notre côté', 'allié(?:e)?',
    '(?:est|notre) (?:\\p{L}+ )?(?:allié(?:e)?|relais|champion(?:ne)?|meilleur(?:e)? avocat(?:e)?)',
    '(?:pousse|défend|soutient|porte|promeut|vend) (?:\\p{L}+ ){0,3}(?:en interne|projet|solution|dossier|produit)', 'conquis(?:e)?',
    'très favorable',
  ],
  influences: [
    'influenceur', 'recommande', 'prescripteur', 'prescriptrice', 'conseille', 'avis (?:technique|consultatif)',
    'donne (?:\\p{L}+ )?(?:un |son )?avis', 'évalue', 'teste', 'compare', 'influence', 'consulté(?:e)?', 'présélectionne', 'doit convaincre',
    'prépare le dossier', 'émet un avis', 'voix consultative',
    'collecter? (?:les |des )?(?:offres|devis|informations)', '(?:regarder?|comparer?|évalue|étudie|teste|analyse|consulte) (?:\\p{L}+ ){0,2}(?:solutions?|outils?|offres?|produits?|fournisseurs?|prestataires?|logiciels?|options?)',
    "(?:pilote|mène|conduit|gère) (?:l'|la |le |les )?(?:évaluation|sélection|appel d'offres|consultation|étude|comparatif|test)", 'donne son avis',
    'fera une recommandation', 'simple conseil',
  ],
  blocks: [
    'filtre', 'barrage', 'tout passe par', 'écarte', 'ne transmettra (?:pas|rien)', 'bloque', 'ne (?:me |nous )?passe pas',
    'ne transmet (?:pas|rien)', 'refuse de (?:me |nous )?passer', 'fait écran', 'refuse de transférer', 'ne veut pas (?:me |nous )?passer',
    "(?:ne|n') ?(?:nous |me |le |la )?(?:passe|transfère|transmet|laisse) (?:pas|rien|personne)", 'impossible de (?:passer|joindre)',
  ],
  bodies: ['direction', 'comité', 'codir', 'comex', 'conseil', 'siège', 'mairie', 'groupe', 'équipe', 'conseil municipal'],
  need: [
    'besoins?', 'cherche(?:nt)?', 'recherche(?:nt)?', 'problèmes?', 'difficultés?', 'manuelle(?:ment|s)?', 'manuels?', 'à la main', 'obsolètes?',
    'remplacer', 'souffre(?:nt)?', 'goulot', 'perd(?:ent)? (?:du temps|des|beaucoup|trop|\\d+)', 'perdent', 'automatiser', 'il (?:leur|lui) faut',
    'retards?', 'erreurs?', 'trop lent', 'prend trop de temps', 'sur excel', 'sous excel', 'papier', 'pannes?', 'tombé', 'plaintes', 'se plaignent',
    'débordés?', 'galère', 'en ont marre', 'ruptures? de stock', 'doublons', 'vieillissant', 'ressaisie', 'manque de', 'ne suit plus',
    'souhaite(?:nt)? (?:remplacer|automatiser|moderniser|changer)',
    'veu(?:t|lent) (?:remplacer|automatiser|moderniser|changer|arrêter|digitaliser)', 'insatisfaits?', 'mécontents?', 'trop de bugs',
  ],
  noNeed: [
    "(?:pas|aucun) (?:de |d')?(?:réel |vrai )?(?:besoin|problème|intérêt)", '(?<!in)satisfaite?s?(?: de| avec| du)?', 'pas intéressés?',
    "n'ont besoin de rien", 'tout va bien', 'contents? de', "n'a pas besoin", "n'ont pas besoin", 'ne cherchent (?:rien|pas)',
  ],
  sellersNeed: [
    'problème de budget', "j'ai besoin", 'nous avons besoin', 'on a besoin', 'il (?:me|nous) faut',
    "besoin de (?:réfléchir|temps|valider|voir|plus d'infos?|l'accord)",
  ],
  wanted: [
    'décision', 'décider', 'calendrier', 'délai', 'déploy(?:er|é|ement)', 'déploiement', 'mise en (?:place|service|production|route)', 'en place',
    'démarr(?:er|age)', 'lancement', 'lancer', 'échéance', 'souhaite(?:nt)?', 'veu(?:t|lent)', 'doit', 'doivent', 'au plus tard',
    'contrat (?:se termine|expire|arrive)', 'opérationnel(?:le)?', 'prêt', 'en ligne', 'ouverture', 'bascule', 'migration', 'installé',
    'il (?:leur|lui) faut', 'go-?live', 'commencer', 'choisir', 'signature', 'fin de contrat', 'veulent', 'projet pour',
  ],
  sellersSteps: [
    'relancer?', 'relance', 'rappel(?:er|le|lerai)?', 'rendez-vous', 'rdv', 'réunion', 'envoy(?:er|é|ons)', 'appel(?:er)?', 'démo', 'devis',
    'proposition', 'échangé', 'rencontré', 'salon', 'visite', 'vacances', 'recontacter', 'reprendre contact', 'congés?', 'revient', 'webinaire',
    'décalé', 'je (?:le|la|les)', 'déjeuner', 'remise',
  ],
  within: ['sous', 'dans', 'dans les', "d'ici", 'en', 'sous les', 'dans un délai de', "d'ici à", 'en moins de', 'maximum'],
  until: ['avant', 'avant le', "d'ici", "d'ici le", "d'ici à", 'au plus tard', 'au plus tard le', "jusqu'à", 'pour', 'pour le'],
  asap: [
    'dès que possible', 'immédiatement', 'au plus vite', 'urgence', 'urgent', 'tout de suite', 'le plus (?:vite|tôt|rapidement) possible',
    'au plus tôt', 'pour hier', 'sans délai', 'sans attendre', 'très pressés?',
  ],
  noRush: [
    "(?:pas|aucun(?:e)?) (?:de |d')?(?:\\p{L}+ )?(?:urgence|urgent|délai|calendrier|échéance|pressée?s?|date)", 'rien ne presse',
    'un jour(?=[.,]|$)', 'pas urgent', 'pas pressés?', "rien d'urgent", 'sans urgence', 'pas de date', 'ont le temps', 'a le temps',
    'sans échéance',
  ],
};
