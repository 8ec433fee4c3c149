import type { Words } from './words';

/** What somebody gives who has a say, and how it is given. */
const CONSENT = '(?:aprobación|visto bueno|autorización|firma|ok|luz verde|permiso|conformidad|aval)';
const TO_CONSENT = `(?:aprobar(?:lo|la)?|firmar(?:lo|la)?|autorizar(?:lo|la)?|decidir(?:lo)?|validar(?:lo|la)?|aceptar|dar (?:su |el |la )?${CONSENT})`;

export const SPANISH: Words = {
  headings: {
    budget: ['presupuesto', 'ppto', 'fondos', 'dinero', 'inversión'],
    authority: ['autoridad', 'decisor(?:a|es)?', 'quién decide', 'quién', 'decide', 'decisión'],
    need: ['necesidad(?:es)?', 'problemas?', 'dolor(?:es)?', 'reto'],
    timeline: ['plazos?', 'calendario', 'fecha', 'cuándo', 'tiempos?', 'cronograma', 'arranque', 'inicio'],
    ours: ['seguimiento', 'próximos? pasos?', 'siguiente paso', 'competencia', 'oferta', 'pendiente', 'tarea'],
  },
  hypothetical: [
    'si (?:tuvieran|tuviera|tienen|hubiera|hay)', 'si (?:el )?presupuesto', 'comprarían', 'firmarían', 'tendrían', 'suponiendo', 'en teoría',
    'podrían(?! (?:gastar|pagar|invertir|llegar))', 'si (?:consiguen|reciben|les|nos|el|la|lo|llega|sale)', '(?:creo|supongo|calculo|imagino|diría) que',
  ],
  uncertain: [
    'por definir', 'sin definir', 'desconocid[oa]',
    'no (?:sé|sabe|saben|se sabe|sabemos|dijo|dijeron|quiso decir|está claro|lo sabe|lo dijo|confirmó)', 'ni idea', 'sin confirmar',
    'por confirmar', 'falta saber', 'no confirmad[oa]', 'no me dijo', 'no pregunté', 'o no', 'depende', 'no han dicho',
    'sin (?:cifra|importe|cantidad)',
  ],
  negation: ['no', 'sin', 'ning[uú]n(?:a|o)?', 'nunca', 'nada', 'tampoco', 'ni', 'cero', 'nadie'],
  conjunctions: [
    'pero', 'mientras', 'aunque', 'sino', 'porque',
    'y(?= (?:el|la|los|las|ella|ellos|es|no|tiene|tienen|quiere|quieren|necesita|necesitan)(?![\\p{L}]))',
  ],
  notTheirs: ['nuestr[oa]s?', 'mi', 'antigu[oa]', 'ex', 'exdirector', 'era', 'fue', 'recomendado por', 'nuev[oa]', 'anterior'],
  elsewhere: [
    'competidor(?:es)?', 'la competencia', 'otra empresa', 'otro cliente', 'un (?:cliente|proveedor)', 'su (?:cliente|proveedor)', 'empresa matriz',
  ],
  pronouns: ['él', 'ella', 'quien', 'que'],
  budget: [
    'presupuest(?:o|ado|ados|aria)', 'ppto', 'fondos', 'partida', 'inversión', 'invertir', 'gastar', 'dinero', 'techo', 'tope', 'dispone(?:n)? de',
    'queda(?:n)?', 'reservad[oa]s?', 'cuenta(?:n)? con', 'tiene(?:n)?(?= (?:unos |hasta )?\\d)',
  ],
  limits: [
    'máximo', 'como mucho', 'unos', 'alrededor de', 'sobre la mesa', 'menos de', 'destinar', 'dispuest[oa]s a', 'hasta', 'no más de',
    'no pueden (?:pasar|superar)', 'límite', 'rango', 'tope', 'gasto máximo', 'entre',
    '(?:hay|con|tienen|cuentan con|disponen de|les quedan?)(?= (?:unos |hasta |solo |entre |como |alrededor de |casi )*[^a-z\\d]{0,3}(?:[a-z]{2,3} )?\\d)',
    '(?:les|le) parece bien', '(?:hablamos|se habla) de',
  ],
  otherMoney: [
    'facturación', 'factura(?:n|ron)?', 'ingresos', 'ventas', 'nuestr[oa] (?:oferta|cotización|propuesta|precio)', 'oferta',
    'cotiz(?:amos|ación|ado)', 'propuesta', 'cuesta(?:n)?', 'coste', 'costo', 'ahorr(?:ar|o|os|an)', 'paga(?:n)?', 'pagando', 'actualmente',
    'ronda', 'levantaron', 'al mes', '/ ?mes', 'al año', 'subvención', 'descuento', 'pierden', 'pérdidas', 'multa', 'beneficio', 'salario',
    'gastan', 'inversores',
  ],
  approved: [
    'aprobad[oa]s?', 'autorizad[oa]', 'liberad[oa]', 'confirmad[oa]', 'asignad[oa]', 'reservad[oa]', 'disponibles?', 'visto bueno', 'firmad[oa]s?',
    'queda(?:n)?', 'luz verde', 'validad[oa]s?', 'dado el ok', 'tienen (?:el )?presupuesto', 'concedid[oa]',
    '(?:autorizad|aprobad|reservad|asignad|concedid|liberad|confirmad|apartad|presupuestad|consignad)[oa]s?',
    `(?:tienen?|con|hay|han dado|obtuvieron) (?:\\p{L}+ )?${CONSENT}`, 'orden de compra (?:emitida|firmada|lista)', 'en el presupuesto',
    '(?:aprobó|autorizó|concedió)',
  ],
  planned: [
    'previsto', 'prevista', 'planificad[oa]', 'planead[oa]', 'solicitad[oa]', 'pendiente',
    'no (?:está |ha sido )?(?:aún |todavía )?aprobad[oa](?: aún| todavía)?',
    '(?:aún|todavía) no (?:está )?(?:aprobad[oa]|autorizad[oa]|liberad[oa])', 'sin aprobar', 'por aprobar',
    'falta (?:la )?(?:aprobación|aprobar|autorización|que lo aprueben)', 'se aprobará', 'esperan', 'a la espera', 'en trámite', 'tiene que aprobar',
    'previst[oa]s?', 'solicitad[oa]s?', '(?:han|ha|hemos) (?:pedido|solicitado)',
    `(?:falta|faltan|pendiente(?:s)? de|espera(?:n|mos)?|a la espera de|necesitan?|requiere) (?:\\p{L}+ ){0,2}${CONSENT}`,
    `(?:debe|deben|tiene que|tienen que) (?:\\p{L}+ )?${TO_CONSENT}`, 'en (?:negociación|discusión|revisión|estudio|aprobación)',
    '(?:aún|todavía) no', 'se (?:aprueba|decide|aprobará|decidirá|vota)',
    '(?:cuando|una vez que|en cuanto) (?:\\S+ ){0,6}(?:aprueben?|autoricen?|firmen?|esté aprobad[oa])',
  ],
  asked: [
    'previst[oa]s?', 'pendientes?', 'solicitad[oa]s?', 'pedid[oa]s?', '(?:han|ha) (?:pedido|solicitado)',
    `(?:falta|pendientes? de|esperan?|a la espera de) (?:\\p{L}+ ){0,2}${CONSENT}`, 'piden', 'espera(?:n)?',
    `(?:debe|deben|tiene que|tienen que) ${TO_CONSENT}`,
  ],
  noBudget: [
    '(?:no|sin|ning[uú]n|cero) (?:(?:sé|sabe) )?(?:(?!sé|sabe|está|aprobado)\\p{L}+ ){0,3}(?:presupuesto|fondos|dinero|ppto)',
    'presupuesto (?:está )?(?:congelado|agotado|recortado|cancelado|cero)', 'congelad[oa]', 'no hay (?:presupuesto|dinero|fondos)',
    'no está presupuestado',
    '(?:presupuesto|fondos|dinero|subvención|partida|solicitud) (?:\\p{L}+ ){0,3}(?:denegad[oa]s?|rechazad[oa]s?|congelad[oa]s?|agotad[oa]s?|cancelad[oa]s?|suspendid[oa]s?|recortad[oa]s? a cero|gastad[oa]s?)',
    '(?:no|sin) (?:\\p{L}+ ){0,2}(?:plata|pasta|un duro|un euro|recursos|medios)', 'no (?:se lo )?pueden (?:permitir|pagar)\\p{L}*',
  ],
  decides: [
    'decisor(?:a)?', 'decide(?:n)?', 'decidirá', 'toma la decisión', 'toma las decisiones', 'última palabra',
    '(?<!(?:die|der|eine|einer|ihre|unsere|andere) ?)firma(?:rá)?(?= el| la| los| todo|[.,]|$)', 'quien decide', 'tomador(?:a)? de decisiones',
    '(?<!se ?)aprueba', 'da el visto bueno', 'autoriza', 'decisión final', '(?:firma|aprobación|autorización) (?:del|de la)',
    'debe (?:aprobar|firmar|autorizar)', 'tiene que (?:firmar|autorizar|dar el visto bueno)', 'elige', 'es su decisión', 'el que manda',
    'la que manda', 'tiene la última palabra', 'tiene autoridad', 'controla el presupuesto', 'tiene poder de decisión',
    `(?:debe|deben|tiene que|tienen que|ha de|puede) (?:\\p{L}+ )?${TO_CONSENT}`, `${CONSENT} (?:del|de la|de su|de|por(?: parte del?)?)`,
    `(?:da|dará|dio) (?:su |el |la )?${CONSENT}`, 'paga(?=$|[.,;])', 'firma(?:rá)?(?= (?:todo|todos|lo|la|el|los|las|ella|él)|[.,;]|$)',
    '(?:la decisión|el presupuesto|el poder|la última palabra) (?:final )?(?:\\p{L}+ )?(?:es|está|recae|depende|corresponde|la (?:tiene|toma))(?: en| del?| al?)?',
    '(?:maneja|controla|tiene|gestiona|administra) (?:el |la |su )(?:presupuesto|dinero|chequera|caja)', 'decide (?:todo|él|ella|solo|sola)',
    'manda', 'toma (?:\\p{L}+ )?decisiones', 'compra(?=$|[.,;])',
  ],
  champions: [
    'promotora?', 'defensora?', 'campe[óo]n(?:a)?', 'nos apoya', 'nos defiende', 'empuja (?:el proyecto|internamente|por nosotros|la solución)',
    'aliad[oa]', 'está de nuestro lado', 'nos recomienda internamente', 'lucha por nosotros', 'impulsa (?:el proyecto|internamente|la compra)',
    'champion', 'muy a favor', 'de nuestra parte', 'nos vende internamente', 'pelea por',
    '(?:es|nuestr[oa]) (?:\\p{L}+ )?(?:aliad[oa]|promotora?|defensora?|sponsor|valedora?|campeona?)',
    '(?:promueve|defiende|impulsa|apoya|empuja) (?:\\p{L}+ ){0,3}(?:internamente|proyecto|solución|propuesta|producto|dentro)',
    'promotora? intern[oa]', 'nos (?:apoya|respalda|defiende|promueve|ayuda)', 'encantad[oa]s? con nosotros',
  ],
  influences: [
    'influye', 'recomienda', 'influenciador(?:a)?', 'asesora', 'evalúa', 'da su opinión', 'opina', 'compara', 'prueba (?:las )?herramientas',
    'aconseja', 'tiene voz', 'da (?:una )?opinión', 'consultad[oa]', 'preselecciona', 'tiene que convencer', 'revisión técnica', 'no decide',
    '(?:compara|evalúa|estudia|prueba|analiza|mira|pide|revisa|busca) (?:\\p{L}+ ){0,2}(?:ofertas?|soluciones|herramientas?|proveedores|productos?|opciones|presupuestos|programas)',
    '(?:lidera|lleva|coordina) (?:la |el )?(?:evaluación|selección|comparativa|concurso|licitación)', 'nos recomienda',
    'recoge (?:información|datos|ofertas)',
  ],
  blocks: [
    'filtra', 'todo pasa por', 'no está para nadie', 'no (?:nos|me) (?:pasa|deja|comunica|pasó|dejó)', 'bloquea',
    'no pasa (?:llamadas|las llamadas)', 'no deja pasar', 'hace de filtro', 'impide', 'frena las llamadas',
    'no (?:nos|me|deja|pasa) (?:pasa|pone|comunica|con nadie|hablar)', 'imposible (?:pasar|hablar)', 'no (?:quiso|quiere|quería|ha querido) (?:dar|pasar|comunicar|poner)\\p{L}*',
  ],
  bodies: ['junta', 'comité', 'consejo', 'pleno', 'asamblea', 'dirección', 'directiva', 'gerencia', 'ayuntamiento', 'sede', 'equipo', 'matriz'],
  need: [
    'necesit(?:a|an|aban)', 'necesidad(?:es)?', 'busca(?:n)?', 'buscando', 'dolor', 'problemas?', 'dificultad(?:es)?', 'manualmente',
    'manual(?:es)?', 'a mano', 'obsolet[oa]s?', 'reemplazar', 'sustituir', 'sufr(?:e|en)', 'cuello de botella', 'pierden',
    'pierde (?:tiempo|pedidos|clientes)', 'automatizar', 'falta(?:n)? (?:de|piezas|control|visibilidad|stock|\\p{L}+s )', 'errores', 'retrasos',
    'quejas', 'se quejan', 'en excel', 'en papel', 'lent[oa]s?', 'se caen?', 'lentitud', 'se (?:les|le) (?:cayó|cae)', 'caídas', 'caos', 'hartos',
    'desbordad[oa]s', 'tardan', 'urge', 'les hace falta', 'duplicad[oa]s', 'anticuad[oa]',
  ],
  noNeed: [
    '(?:no|sin) (?:tienen? |hay |ven )?(?:ninguna? )?(?:necesidad|problemas?|interés)', 'no (?:lo |la |nos |les )?necesitan?',
    '(?<!in)satisfech[oa]s?(?: con)?', 'content[oa]s con', 'no (?:les |le )?interesa', 'no buscan', 'todo (?:bien|funciona)', 'no les hace falta',
    'no necesitan nada',
  ],
  sellersNeed: [
    'necesitamos', 'necesito', 'tenemos que', 'necesitan? (?:la |una |más )?(?:aprobación|autorización|tiempo|información|propuesta|oferta)',
    'necesita (?:pensarlo|consultarlo|hablar)', `necesitan? (?:el |la |un |una )?${CONSENT}`,
  ],
  wanted: [
    'decisión', 'decidir', 'plazo', 'implement(?:ar|ación|ado)', 'implantar', 'implantación', 'lanzamiento', 'puesta en marcha', 'empezar',
    'arrancar', 'arranque', 'fecha límite', 'quiere(?:n)?', 'debe(?:n)?', 'a más tardar', 'contrato (?:vence|termina|acaba)', 'operativ[oa]',
    'list[oa]', 'en marcha', 'funcionando', 'en producción', 'comenzar', 'elegir', 'tienen? que', 'apertura', 'migrar', 'tiene que estar',
    'necesitan (?:tener)?', 'go-?live', 'instalad[oa]', 'inicio',
  ],
  sellersSteps: [
    'seguimiento', 'llamar(?:é|emos)?', 'llamo', 'llamada', 'reunión', 'enviar', 'envi(?:é|amos|o)', 'demo', 'oferta', 'propuesta', 'cita',
    'visita', 'feria', 'vacaciones', 'vuelve', 'volver a', 'hablamos', 'quedamos', 'recordar', 'contactar', 'hablé', 'mand(?:ar|o|é)', 'le paso',
    'descuento', 'baja',
  ],
  within: ['en', 'dentro de', 'en menos de', 'en los próximos', 'en unos', 'en el plazo de', 'máximo'],
  until: ['antes de', 'antes del', 'para', 'para el', 'a más tardar', 'hasta', 'a más tardar el', 'como tarde'],
  asap: [
    'lo antes posible', 'cuanto antes', 'urgente(?:mente)?', 'de inmediato', 'inmediatamente', 'no perder tiempo', 'ya(?=[,.!]|$)', 'urge',
    'lo quieren ya', 'a la mayor brevedad', 'para ayer', 'con urgencia', 'ya mismo',
  ],
  noRush: [
    '(?:sin|ni|no hay|no tienen?|no corre|ninguna) (?:\\p{L}+ )?(?:prisas?|urgencia|plazo|fecha|calendario)', 'algún día', 'no es urgente',
    'nada urgente', 'sin fecha', 'no corre prisa', 'tienen tiempo', 'no urge',
  ],
};
