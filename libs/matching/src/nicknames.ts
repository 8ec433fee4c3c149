/** Given names that stand for each other; above all English, German, French and Spanish. A comma ends the forms of one name. */
const GROUPS = `
aaron ron ronnie, abigail abby gail, abraham abe bram avi ibrahim, adam ad, adelaide addie heidi della, adeline addie, adrianus ad adrie,
agatha aggie, agnes aggie nessie ines, agnieszka aga, alan al allan allen alain, alastair al alistair, albert al bert albie bertie,
alexander alex alec sandy sasha xander alejandro, alexandra alex sandra sasha lexi, alexei alyosha alexey aleksei, alfonso al fonzie
alonso, alfred fred alfie al alf freddie freddy, alicia ally alice ali lisa, alison ally ali allison, alphonse al, alvin al, amanda mandy,
amelia amy millie mel emily, anastasia stacy ana nastya tasia, andrea andie drea, andrew andy drew andreas andre, angela angie angelina
angelika, ann anne anna annie nan nancy hannah anita annette anneliese, annabel anna belle bella annabelle, anthony tony antonio anton
toni, antonia toni, antonius ton toon, archibald archie, arnold arnie arno, arthur art artie arturo, astrid asta, augusta gusta gussie,
augustus gus august augustin, barbara barb babs barbie, barnaby barney, bartholomew bart barth bartolomeo, beatrice bea trixie bee beatrix
beatriz, belinda linda bel, benedict ben, benjamin ben benny benji, bernadette bernie detta berna, bernard bernie bernd bernhard, bertha
bertie, birgitta gitta, bradley brad, brandon bran, brian bry bryan, bridget bridie biddy brigitte birgit, caleb cal, calvin cal, cameron
cam, camilla cam millie camille, carolyn carrie carol caroline karoline lina caro carolina, cassandra cass cassie sandra, catherine cathy
kate katie katherine kathryn kathy kat katharina cat kathleen catalina kit kitty katharine, cecilia cecily cissy celia, charlene charlie,
charles charlie chuck chas karl carlos, charlotte lottie charlie lotte, chester chet, christian chris, christina chris tina christine
chrissy kristin kirsten kris, christopher chris kit christoph topher kris, claudia claudie, clifford cliff, clinton clint, concepcion
concha conchita, constance connie konstanze, consuelo chelo, cornelia nell corrie nele, cornelis kees cor, cornelius con neil, courtney
court, curtis curt kurt, cynthia cindy, cyril cy, daniel dan danny, danielle dani daniela ella, david dave davy, deanna dee anna, deborah
debbie deb debra, delia della, denise dee, dennis den denny denis, desmond des, diana di dee diane, dietrich dieter, dmitri dima dimitri
dmitry, dolores lola loli, dominic dom nick dominik domingo, donald don donny donnie, dorothy dot dottie dolly dora, douglas doug dougie,
duncan dunc, edgar ed eddie, edith edie, edmund ed eddie ned edmond ted teddy, eduardo edu lalo, edward ed eddie ted teddy ned eduard,
edwin ed eddie win, eileen ellie helen aileen, ekaterina katya katja, eleanor ellie nell nora elena nellie, eliane elli, elias eli, elijah
eli lige, elizabeth liz lizzie beth betty eliza elisabeth lisa betsy libby elise elsa lisbeth bess bessie, ellen nell ellie nellie helen
elena, elzbieta ela, emily em emmy emma, emmanuel manny manu manuel, enrique kike quique, ernest ernie ernst ernesto, estella stella
essie, esther essie hettie, ethan eth, eugene gene, eugenia genie gina, eva eve evie evi, evelyn evie eve lyn, ezekiel zeke, felicia fel,
ferdinand ferdi nando fernando, fiona fi, florence flo flossie florrie, frances fran fanny frannie francesca francoise cissy, francesco
franco checco cesco, francis frank fran francisco paco, francisca paca paqui, franklin frank, franz frank, franziska franzi fran,
frederica freddie rica friederike rike, frederick fred freddie friedrich fritz rick freddy, gabriel gabe, gabriella gabi gabriele ella,
gabrielle gabby gaby elle, geoffrey geoff jeff jeffrey, george georgie georg jorge, georgina georgie gina georgia, gerald gerry jerry
gerhard, geraldine gerry, gerard gerry gerardo, gerardus gerrit gerard, gertrude trudy gert gertie gertrud, gilbert gil bert, giovanni
gianni gio vanni, giuseppe beppe peppe pino, gordon gord, graham gram, gregoire greg, gregory greg gregor, grzegorz grzes, guadalupe lupe,
guillermo memo guille, guinevere gwen, gustav gus gustavo, gwendolyn gwen wendy, hannelore hanne lore, harold harry hal, harriet hattie
harry hettie, hector heck, helen nell ellie lena nellie helena helene, hendrik henk rik, henrietta hettie etta henriette, henry harry hank
heinrich heinz hal henri, herbert herb bert herbie bertie, herman manny hermann, hildegard hilde hilda, hubert bert hugh hugo, hugh hughie
hugo, humphrey humph, ian iain, ignatius iggy nacho ignacio ignaz, imogen immy, irene rena, isaac ike zac isaak, isabella bella isabel
izzy isabelle, isidore izzy, ivan vanya, jacob jake jakob, jacobus jaap koos, jacqueline jackie, james jim jimmy jamie jaime, jane janie
jan janet jenny, janet jan jannie, janice jan, jasmine jas jazz, jason jay jace, jeanne jeannette, jennifer jen jenny, jeremiah jerry
jeremy, jeremy jerry jem, jerome jerry, jesse jess, jessica jess jessie, jesus chuy, jillian jill gill gillian, joachim jochen achim jo
joaquin, joanna jo joan joanne johanna hanna, joao joaozinho, joel jo, johanna hanneke jo, john jack johnny jon johann johannes hans juan
jean jock, jonathan jon jonny john, jordan jordy, joseph joe joey josef jose pepe sepp, josephine jo josie fina, joshua josh, joyce joy,
juanita nita, judah jude, judith judy, julia julie, julian jules jul julien, juliet jules julie juliette, justin jus, karen kari karin,
karin kaisa, katarzyna kasia, kathrin kathi katrin, katrina kat trina katie, kelly kel, kenneth ken kenny, kimberly kim, kirsten kirsty,
kristian kris, kristina kris tina kristin krissy, kristopher kris, krzysztof krzys, laura laurie lori lauren, lauren laurie, lawrence
larry lars lorenz laurence laurie, lennart lelle, lenora nora lenny, leonard leo len lenny leonardo, leopold leo poldi, leroy lee roy,
leslie les, lester les, lewis lew louie, lillian lil lilly lily, linda lindy lin, lindsay lin, lorenzo renzo, lorraine lori rainey, louis
lou louie luis ludwig lewis, louisa lou lulu, louise lou, lucas luke luca lukas, lucinda cindy lucy, lucy lucille lucia luz, luther lu,
lydia liddy, mabel mab, madeline maddie maddy madeleine, magdalena maggie lena magda maddie, magnus mans, malcolm mal, malgorzata gosia,
manuel manny manolo, manuela manu, marcus marc mark marco markus, margaret maggie meg peggy greta marge margarete margarita rita daisy
gretchen, margaretha greet griet, marianne mary anne, mariano nano, marilyn mary, marjorie marge margie, martha marty mattie, martin
marty, marvin marv, mary maria marie molly polly mamie, matilda tilly mattie mathilde tilda, matthew matt matty matthias matteo, maureen
mo, maurice mo moritz morris, maximilian max maximiliano, maxwell max, melissa mel missy, mercedes meche, mercedes merche, meredith mer,
michael mike mick mickey micky michel miguel mitch, mikhail misha, mildred millie, millicent millie, minerva minnie, miranda mandy randy,
mitchell mitch, mohammed mo mohamed muhammad mohammad mehmet ahmed, monica mona monika, montgomery monty, mortimer mort, moses mo moshe,
muriel mur, myron ron, nadia nadya nadezhda, nadine nadia, nancy nan, natalie nat natasha, nathalie nath, nathan nate nat, nathaniel nate
nat nathan, neil neal niall, nelson nels, nicholas nick nicky klaus nikolaus nicolas nico claus, nikolai kolya nikolay, nora noreen
eleonora, norbert bert, norman norm, octavia tavia, oliver ollie, olivia liv livvy, oscar ossie oskar, oswald ozzie oz, pamela pam,
patience pat, patricia pat patty trish tricia patti, patrick pat paddy patricio, paul pablo, paula polly pauline paulina, penelope penny
pen, percival percy, peter pete petra pedro pierre, petronella nel petra, philip phil pip philipp felipe, philippe phil, phoebe phebe,
phyllis phyl, pilar pili, priscilla cilla prissy, prudence pru, quentin quin, rachel rae, rafael rafa rafe raphael, ralph rolf raul,
ramona mona, randall randy, randolph randy, raymond ray, raymond ray ramon, rebecca becky becca bec, regina gina reggie, reginald reg
reggie rex, reinhard reini, reinhold reini, rene ren, reuben rube ben, richard rick dick rich ricky richie ricardo dickie, robert rob bob
bobby robbie bert roberto, roberta bobbie robbie berta robin, roderick rod rick rory, rodney rod, rodrigo rod, roger rodge, roland rollo
rolly orlando, ronald ron ronnie, rosa rosie rose rosalie, rosalind roz rose, rosario charo, rosemary rosie rose, roxanne roxy, rudolf
rudi rolf rudy rudolph, rupert rob ruprecht, russell russ rusty, sabrina bree, salvatore sal toto, samantha sam sammy, samuel sam sammy,
sandrine sandra, santiago santi, sarah sally sadie sara, sebastian seb basti bastian, sergei seryozha sergey, seymour cy, shannon shan,
sharon shari, shawn sean shaun, sheila cece, shirley shirl, sibylle billa, sidney sid sydney, siegfried sigi siggi, sigmund sigi, silas
si, simon si simeon, solomon sol solly, sophia sophie sofie sofia fifi, spencer spence, stanley stan, stephane steph, stephanie steph
steffi, stephen steve steven stefan stephan stevie esteban, stuart stu stew stewart, susan sue susie suzanne suzy susanne susannah
susanna, svetlana sveta, sylvester sly, sylvia silvia syl, tabitha tabby, tamara tammy tam, tatiana tania tanya, terence terry terrence,
thaddeus tad thad, theodora dora teddy thea, theodore ted teddy theo theodor, theresa terry tess tessa teresa resi, thomas tom tommy
tomas, timothy tim timmy, tobias toby tobi, tomasz tomek, tracey trace tracy, travis trav, trevor trev, tristan tris, ulrich uli, ursula
uschi ursel ulla, valentine val valentin, valerie val, vanessa nessa, vernon vern, veronica ronnie vera, victor vic viktor, victoria vicky
tori vic, vincent vince vinny, vincenzo enzo, virginia ginny, vivian viv, vladimir vlad vova volodya, walburga burgi, waldemar waldi,
wallace wally, walter walt wally, warren ren, wendell del, wesley wes, wilfred will wilf fred wilfried, wilhelm willi willy william,
wilhelmina mina billie wilma minna, willem wim pim, william will bill billy willie liam, winifred winnie freda, winston win, wojciech
wojtek, wolfgang wolf, yekaterina katya, yevgeny zhenya evgeny eugene, yolanda yoli, yvonne vonnie, zachary zach zack
`;

const groupsOf = new Map<string, Set<number>>();
GROUPS.split(',').forEach((forms, group) => {
  for (const name of forms.trim().split(/\s+/)) groupsOf.set(name, (groupsOf.get(name) ?? new Set()).add(group));
});

/** Whether two folded given names may be the same person's: Bob and Robert. */
export function areNicknames(a: string, b: string): boolean {
  const groups = groupsOf.get(b);
  return groups !== undefined && [...(groupsOf.get(a) ?? [])].some((group) => groups.has(group));
}
