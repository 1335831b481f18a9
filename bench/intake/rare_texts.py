"""Texts of our own in many languages and in encodings that are rare by now, for ``bench.intake.rare_encodings``."""

BRIDGES: dict[str, tuple[str, ...]] = {
    "hr": (
        "Most preko Save bit će zatvoren od ponedjeljka, priopćila je uprava za ceste.",
        "Vozači će morati voziti kroz Sisak, a za pješake je postavljen drveni prijelaz.",
        "Glasnogovornica je rekla da će radovi trajati najviše šest tjedana, ako vrijeme dopusti.",
        "Gradonačelnik Željko Šarić kaže kako čeka odgovor ministarstva već više od godinu dana.",
    ),
    "pl": (
        "Stary dworzec w Łodzi zostanie rozebrany jeszcze przed zimą, zapowiedziała spółka kolejowa.",
        "Mieszkańcy skarżą się, że nikt ich o tym nie uprzedził, choć petycję podpisało trzy tysiące osób.",
        "Konserwator zabytków twierdzi, że budynek nigdy nie został wpisany do rejestru.",
        "Właściciel działki chce tam postawić wieżowiec z mieszkaniami na wynajem.",
    ),
    "lv": (
        "Tilts pār Gauju no pirmdienas būs slēgts, paziņoja ceļu pārvalde.",
        "Autovadītājiem būs jābrauc caur Siguldu, bet gājējiem ir uzcelta koka laipa.",
        "Pārvaldes pārstāve teica, ka darbi ilgs ne vairāk kā sešas nedēļas.",
        "Vietējie uzņēmēji baidās, ka šajā laikā viņi zaudēs lielāko daļu pircēju.",
    ),
    "lt": (
        "Tiltas per Nerį nuo pirmadienio bus uždarytas, pranešė kelių direkcija.",
        "Vairuotojai turės važiuoti per Jonavą, o pėstiesiems įrengtas medinis takas.",
        "Atstovė spaudai sakė, kad darbai truks ne ilgiau kaip šešias savaites.",
        "Vietos gyventojai skundžiasi, jog apie tai sužinojo tik iš laikraščio.",
    ),
    "et": (
        "Vana sild üle Emajõe suletakse esmaspäevast, teatas maanteeamet.",
        "Autojuhid peavad sõitma läbi Põltsamaa, jalakäijate jaoks on ehitatud puidust käigutee.",
        "Pressiesindaja ütles, et tööd kestavad kõige rohkem kuus nädalat, kui ilm lubab.",
        "Žurnalistidele öeldi, et šeffi kohvik jääb sellel ajal avatuks, aga mitte õhtuti.",
    ),
    "ro": (
        "Podul peste Mureş va fi închis de luni, a anunţat direcţia drumurilor.",
        "Şoferii vor trebui să meargă prin Deva, iar pentru pietoni s-a construit o pasarelă.",
        "Purtătoarea de cuvânt a spus că lucrările vor dura cel mult şase săptămâni.",
        "Comercianţii se tem că în acest timp îşi vor pierde cea mai mare parte a clienţilor.",
    ),
    "mt": (
        "Il-pont il-qadim se jingħalaq mit-Tnejn, ħabbret l-awtorità tat-toroq.",
        "Is-sewwieqa jkollhom jgħaddu minn Ħaż-Żebbuġ, filwaqt li għan-nies bil-mixi nbniet mogħdija tal-injam.",
        "Il-kelliem qal li x-xogħol mhux se jdum aktar minn sitt ġimgħat.",
        "In-negozjanti jibżgħu li f’dan iż-żmien jitilfu ħafna mill-klijenti tagħhom, u ċertament mhumiex kuntenti.",
    ),
    "is": (
        "Gamla brúin yfir Ölfusá verður lokuð frá mánudegi, að sögn Vegagerðarinnar.",
        "Ökumenn þurfa að fara um Þrengsli en göngubrú hefur verið reist fyrir gangandi fólk.",
        "Talsmaðurinn sagði að verkið tæki í mesta lagi sex vikur ef veður leyfir.",
        "Kaupmenn í bænum óttast að þeir missi flesta viðskiptavini sína á þessum tíma.",
    ),
    "tr": (
        "Kızılırmak üzerindeki eski köprü pazartesi gününden itibaren trafiğe kapatılacak.",
        "Sürücüler Kırıkkale üzerinden gidecek, yayalar için ahşap bir geçit yapıldı.",
        "Sözcü, çalışmaların en çok altı hafta süreceğini ve gecikme beklemediklerini söyledi.",
        "Esnaf ise bu süre içinde müşterilerinin çoğunu kaybetmekten korkuyor, çünkü başka yol yok.",
    ),
    "cy": (
        "Bydd yr hen bont dros afon Tywi ar gau o ddydd Llun, meddai’r awdurdod priffyrdd.",
        "Bydd yn rhaid i yrwyr fynd trwy Gaerfyrddin, ac mae llwybr pren wedi’i godi i gerddwyr.",
        "Dywedodd llefarydd na fydd y gwaith yn para mwy na chwe wythnos, hyd yn oed os daw’r dŵr i fyny.",
        "Mae siopwyr y dref yn ofni colli’r rhan fwyaf o’u cwsmeriaid.",
        "‘Tŷ gwag yw siop heb bobl,’ meddai un, a’r gŵr yn cytuno â hi.",
    ),
    "el": (
        "Η παλιά γέφυρα του Πηνειού κλείνει από τη Δευτέρα, ανακοίνωσε η περιφέρεια.",
        "Οι οδηγοί θα περνούν από τη Λάρισα, ενώ για τους πεζούς στήθηκε ξύλινη πεζογέφυρα.",
        "Η εκπρόσωπος είπε ότι οι εργασίες θα διαρκέσουν έξι εβδομάδες το πολύ.",
        "Οι έμποροι φοβούνται πως θα χάσουν τους περισσότερους πελάτες τους.",
    ),
    "uk": (
        "Старий міст через Прип'ять закриють з понеділка, повідомила служба доріг.",
        "Водії їздитимуть через Ковель, а для пішоходів збудували дерев'яний перехід.",
        "Речниця сказала, що роботи триватимуть не більше шести тижнів.",
        "Підприємці бояться, що за цей час втратять більшість своїх покупців, і ґанок стоятиме порожній.",
    ),
    "ru": (
        "Старый мост через Клязьму закроют с понедельника, сообщила дорожная служба.",
        "Водители будут ездить через Ковров, а для пешеходов построили деревянный переход.",
        "Представительница службы сказала, что работы продлятся не больше шести недель.",
        "Предприниматели боятся, что за это время потеряют большую часть покупателей.",
    ),
    "da": (
        "Den gamle bro over Gudenåen bliver lukket fra mandag, oplyser vejmyndigheden.",
        "Bilister skal køre gennem Silkeborg, og til fodgængere er der bygget en træbro.",
        "Talskvinden siger, at arbejdet højst varer seks uger, hvis vejret tillader det.",
        "Byens handlende frygter, at de i den tid mister størstedelen af kunderne, også på Ærø.",
    ),
    "fr": (
        "Le vieux pont sur la Saône sera fermé dès lundi, a annoncé la direction des routes.",
        "Les automobilistes devront passer par Mâcon, tandis qu'une passerelle en bois a été bâtie pour les piétons.",
        "La porte-parole a précisé que les travaux dureraient six semaines tout au plus.",
        "Les commerçants craignent d'y perdre la plupart de leurs clients, ça n'étonne personne.",
    ),
    "pt": (
        "A velha ponte sobre o Mondego estará fechada a partir de segunda-feira, anunciou a direcção das estradas.",
        "Os condutores terão de passar por Coimbra, mas há um passadiço de madeira para os peões.",
        "A porta-voz disse que as obras não vão durar mais de seis semanas.",
        "Os comerciantes receiam perder grande parte da clientela até ao Verão, e não são os únicos.",
    ),
    "hu": (
        "A Tisza régi hídját hétfőtől lezárják, közölte az útkezelő.",
        "Az autósoknak Szolnok felé kell kerülniük, a gyalogosoknak fahidat építettek.",
        "A szóvivő azt mondta, hogy a munka legfeljebb hat hétig tart, ha az idő engedi.",
        "A kereskedők attól félnek, hogy ez idő alatt vevőik többségét elveszítik, és ez nem is túlzás.",
    ),
    "cs": (
        "Starý most přes Ohři bude od pondělí uzavřen, oznámilo ředitelství silnic.",
        "Řidiči musejí jezdit přes Žatec, pro chodce je připravena dřevěná lávka.",
        "Mluvčí uvedla, že práce potrvají nejvýše šest týdnů, pokud to počasí dovolí.",
        "Obchodníci se bojí, že za tu dobu přijdou o většinu zákazníků.",
    ),
    "de": (
        "Die alte Brücke über die Ruhr wird ab Montag gesperrt, teilte die Straßenbehörde mit.",
        "Autofahrer müssen über Mülheim ausweichen, für Fußgänger gibt es einen hölzernen Steg.",
        "Die Sprecherin sagte, die Arbeiten würden höchstens sechs Wochen dauern.",
        "Die Händler fürchten, dass sie in dieser Zeit die meisten Kunden verlieren.",
    ),
    "fi": (
        "Vanha silta Kymijoen yli suljetaan maanantaista alkaen, kertoi tiehallinto.",
        "Autoilijoiden täytyy ajaa Kouvolan kautta, ja jalankulkijoille on rakennettu puinen silta.",
        "Tiedottaja sanoi, että työt kestävät enintään kuusi viikkoa, jos sää sen sallii.",
        "Kauppiaat pelkäävät, että he menettävät tänä aikana suurimman osan asiakkaistaan.",
    ),
    "eo": (
        "La malnova ponto super la rivero estos fermita ekde lundo, anoncis la voja servo.",
        "Ŝoforoj devos veturi tra Brugo, kaj por piedirantoj oni konstruis lignan transirejon.",
        "La parolanto diris, ke la laboroj daŭros maksimume ses semajnojn, ĉar la vetero ĝuste nun bonas.",
        "La vendistoj timas, ke ili dume perdos la plimulton de siaj aĉetantoj.",
        "Neniu kulpigas ilin pri tiu ĉi ĝeno.",
    ),
    "sr": (
        "Стари мост преко Дрине биће затворен од понедељка, саопштила је управа за путеве.",
        "Возачи ће морати да иду преко Љубовије, а за пешаке је подигнут дрвени прелаз.",
        "Портпаролка је рекла да ће радови трајати највише шест недеља.",
        "Трговци се плаше да ће за то време изгубити већину купаца.",
    ),
    "he": (
        "הגשר הישן מעל הירקון ייסגר ביום שני, כך הודיעה רשות הדרכים.",
        "הנהגים ייאלצו לנסוע דרך פתח תקווה, ולהולכי הרגל נבנה גשר עץ.",
        "הדוברת אמרה כי העבודות יימשכו לא יותר משישה שבועות, אם מזג האוויר יאפשר.",
        "הסוחרים חוששים כי יאבדו את רוב הלקוחות שלהם, וגם זה לא הכול.",
    ),
    "be": (
        "Стары мост праз Нёман закрыюць з панядзелка, паведаміла дарожная служба.",
        "Кіроўцы будуць ездзіць праз Гродна, а для пешаходаў збудавалі драўляны пераход.",
        "Прадстаўніца службы сказала, што праца зойме не больш за шэсць тыдняў.",
        "Прадпрымальнікі баяцца, што за гэты час страцяць большую частку пакупнікоў.",
    ),
    "sl": (
        "Stari most čez Dravo bo od ponedeljka zaprt, je sporočila direkcija za ceste.",
        "Vozniki bodo morali čez Ptuj, za pešce pa je postavljena lesena brv.",
        "Tiskovna predstavnica je dejala, da bodo dela trajala največ šest tednov, če bo vreme dopuščalo.",
        "Trgovci se bojijo, da bodo v tem času izgubili večino kupcev, župan pa jih miri.",
    ),
    "sk": (
        "Starý most cez Váh bude od pondelka uzavretý, oznámila správa ciest.",
        "Vodiči budú musieť jazdiť cez Trenčín, pre chodcov je pripravená drevená lávka.",
        "Hovorkyňa povedala, že práce potrvajú najviac šesť týždňov, ak to počasie dovolí.",
        "Obchodníci sa boja, že za ten čas prídu o väčšinu zákazníkov, a nie je to ľahká vec.",
    ),
}
COURTS_AND_FISHERMEN: dict[str, tuple[str, ...]] = {
    "hr": (
        "Ribari s Hvara vratili su se kući bez ulova, a more je bilo nemirno cijelu noć.",
        "„Nije lako živjeti od mreža”, kaže Šime Božić, kojemu je brod otac ostavio prije trideset godina.",
        "U luci čekaju kupci iz Splita, ali cijena je ove jeseni pala ispod troška goriva.",
    ),
    "pl": (
        "Sędzia odroczył rozprawę, bo świadek nie przyszedł już trzeci raz z rzędu.",
        "Obrońca oskarżonego mówi o nękaniu i żąda umorzenia; prokuratura milczy.",
        "Wyrok zapadnie najwcześniej w październiku, gdy biegły złoży uzupełnioną opinię.",
    ),
    "lv": (
        "Skolā Cēsīs šonedēļ nav apkures, tāpēc bērni mācās mēteļos.",
        "Direktore stāsta, ka katlu māja salūzusi jau svētdien, bet meistars ieradīsies tikai piektdien.",
        "Vecāki raksta sūdzības un jautā, kāpēc dome par to nezināja.",
    ),
    "lt": (
        "Šiaulių gamykla atleis šimtą darbuotojų, nes užsakymų sumažėjo perpus.",
        "Profesinė sąjunga reikalauja išeitinių išmokų ir žada piketuoti prie savivaldybės.",
        "Įmonės vadovas aiškina, kad kitos išeities neliko, o bankas paskolos nepratęsė.",
    ),
    "et": (
        "Saaremaa põllumehed kurdavad, et põud hävitas poole viljast.",
        "Külavanem Jüri Mägi ütleb, et nii kuiva suve ei mäleta tema ega ta isa.",
        "Ministeerium lubab toetust, kuid avaldusi hakatakse läbi vaatama alles sügisel.",
    ),
    "ro": (
        "Un pompier din Brăila a scos trei copii dintr-o casă cuprinsă de flăcări.",
        "„N-am stat să mă gândesc”, spune el, întins pe un pat de spital, cu mâinile bandajate.",
        "Primăria îi va da o medalie, dar sătenii strâng bani şi pentru o maşină nouă.",
    ),
    "mt": (
        "Is-sajjieda ta’ Marsaxlokk irritornaw bla qabda għax il-baħar kien imqalleb il-lejl kollu.",
        "Ġanni Żammit qal li d-dgħajsa ħallihielu missieru u issa jaħseb li jbigħha.",
        "Fis-suq il-prezz niżel, iżda x-xerrejja xorta qed jistennew.",
    ),
    "is": (
        "Skipstjórinn á Húsavík segir að þorskurinn hafi horfið úr firðinum.",
        "„Þetta er versta haust sem ég man,“ sagði hann og benti á tóm körin á bryggjunni.",
        "Ráðuneytið ætlar að bíða eftir mælingum áður en kvótinn verður ákveðinn.",
    ),
    "tr": (
        "Mahkeme, tanığın üçüncü kez gelmemesi üzerine duruşmayı ertelemeye karar verdi.",
        "Sanığın avukatı bunun bir eziyet olduğunu, dosyanın kapatılması gerektiğini savundu.",
        "Karar en erken ekim ayında, bilirkişi raporu tamamlandıktan sonra çıkacak.",
    ),
    "cy": (
        "Mae pysgotwyr Cei Newydd wedi dychwelyd heb ddal dim, a’r môr yn arw drwy’r nos.",
        "Dywedodd Siân Gŵyr fod y cwch wedi bod yn y teulu ers deng mlynedd ar hugain, a bod hiraeth arni.",
        "Yn ôl y cyngor, ni fydd cymorth cyn yr hydref; mae’r ffŵl yn aros, meddai’r hen ŵr wrth y tŷ tafarn.",
    ),
    "el": (
        "Το δικαστήριο ανέβαλε τη δίκη, επειδή ο μάρτυρας δεν εμφανίστηκε για τρίτη φορά.",
        "Ο συνήγορος μίλησε για ταλαιπωρία και ζήτησε να κλείσει ο φάκελος.",
        "Η απόφαση αναμένεται το νωρίτερο τον Οκτώβριο.",
    ),
    "uk": (
        "Суд відклав засідання, бо свідок не з’явився вже втретє.",
        "Захисник каже про знущання й вимагає закрити справу; прокуратура мовчить.",
        "Рішення ухвалять щонайраніше в жовтні, коли експерт подасть свій висновок.",
    ),
    "ru": (
        "Суд отложил заседание, потому что свидетель не пришёл уже в третий раз.",
        "Защитник говорит о травле и требует закрыть дело; прокуратура молчит.",
        "Решение объявят не раньше октября, когда эксперт представит своё заключение.",
    ),
    "nb": (
        "Fiskerne på Røst kom hjem uten fangst, og sjøen var urolig hele natta.",
        "«Det er ikke lett å leve av garn», sier Pål Bjørnstad, som fikk båten av faren.",
        "På kaia venter kjøpere fra Bodø, men prisen har falt under det drivstoffet koster.",
    ),
    "fr": (
        "Le tribunal a reporté l’audience, le témoin ne s’étant pas présenté pour la troisième fois.",
        "« C’est de l’acharnement », s’indigne l’avocat de la défense, qui réclame un non-lieu.",
        "La décision ne tombera pas avant octobre, où l’expert remettra ses conclusions complétées.",
    ),
    "fo": (
        "Fiskimenninir í Klaksvík komu aftur uttan veiðu, og sjógvurin var órógvaður alla náttina.",
        "Jógvan sigur, at báturin hevur verið í ættini í tríati ár, men nú ætlar hann at selja hann.",
        "Á bryggjuni bíða keypararnir, men prísurin er fallin niður um tað, oljan kostar.",
    ),
    "hu": (
        "A bíróság elnapolta a tárgyalást, mert a tanú már harmadszor sem jelent meg.",
        "A védő zaklatásról beszél, és az ügy lezárását követeli; az ügyészség hallgat.",
        "Ítélet legkorábban októberben várható, amikor a szakértő benyújtja kiegészítő véleményét.",
    ),
    "cs": (
        "Soud odročil jednání, protože svědek nepřišel už potřetí za sebou.",
        "Obhájce mluví o šikaně a žádá zastavení stíhání; žalobce mlčí.",
        "Rozsudek padne nejdříve v říjnu, až znalec doplní svůj posudek.",
    ),
    "kk": (
        "Балықшылар Атырауға аулаусыз оралды, теңіз түні бойы толқып тұрды.",
        "Қайықты әкесі отыз жыл бұрын қалдырған Ерлан енді оны сатпақ.",
        "Базарда баға түсіп кетті, бірақ сатып алушылар әлі күтіп отыр.",
    ),
    "tt": (
        "Балыкчылар Чаллыга буш кайтты, Кама төне буе дулкынланып торды.",
        "Көймәне әтисе утыз ел элек калдырган Әнвәр хәзер аны сатмакчы.",
        "Базарда бәя төште, ләкин алучылар һаман көтә.",
    ),
    "se": (
        "Guolásteaddjit bohte ruoktot almmá guoli haga, ja mearra lei ráfeheapme olles ija.",
        "Máhtte dadjá ahte fanas lea leamaš sogas golbmalogi jagi, muhto dál son áigu vuovdit dan.",
        "Káijas vurdet oastit Romssas, muhto haddi lea njiedjan vuollel dan maid boaldámuš máksá, čállá áviisa.",
    ),
    "lb": (
        "D'Geriicht huet den Termin verréckelt, well den Zeien fir d'drëtt Kéier net komm ass.",
        "Den Affekot schwätzt vu Schikan a verlaangt, datt d'Affär klasséiert gëtt; d'Parquet seet näischt.",
        "D'Urteel fält fréistens am Oktober, wann den Expert säi Rapport ofginn huet.",
    ),
    "br": (
        "Distroet eo ar besketaerien da Zouarnenez hep pesk ebet, ha trubuilhet e oa ar mor e-pad an noz.",
        "Laouen an Gall a lavar e oa bet roet ar vag dezhañ gant e dad, met bremañ e fell dezhañ he gwerzhañ.",
        "War ar cʼhae e cʼhortoz ar brenerien, met koazhet eo ar priz dindan koust an eoul.",
        "Ne oar den petra ʼray, emezañ.",
    ),
    "en-names": (
        "Luka Modrić and Vlatko Kovačević met Jiří Dvořák in Zagreb on Friday, the club said.",
        "The three have known each other since 1998, when Kovačević played for Plzeň for one season.",
        "He was not available for comment, but his agent said that the talks had gone well.",
    ),
    "en-loans": (
        "The Peñas opened their café on Curaçao in 1998, after a long search for a house of their own.",
        "Zoë Müller, who was Guantánamo's first baker, taught them how to make brötchen.",
        "They are thinking of moving, since the rent has gone up by a third in a year.",
    ),
    "pt": (
        "O juiz adiou a sessão porque a testemunha não compareceu pela terceira vez.",
        "A defesa fala em perseguição e exige o arquivamento; a acusação nada disse até às nove.",
        "A decisão só sairá em Outubro, quando o perito entregar as suas conclusões.",
    ),
    "es": (
        "El juez aplazó la sesión porque el testigo no compareció por tercera vez.",
        "La defensa habla de persecución y exige el archivo: ¿quién cree aún en la señora Núñez?",
        "La decisión no llegará antes de octubre, cuando el perito entregue sus conclusiones.",
    ),
    "sr-Latn": (
        "Sud je odložio ročište jer svedok nije došao ni treći put.",
        "Branilac govori o šikaniranju i traži obustavu postupka; tužilaštvo ćuti.",
        "Presuda se očekuje najranije u oktobru, kada veštak preda dopunjeno mišljenje, a Đorđe Žižić se vrati.",
    ),
    "mk": (
        "Судот го одложи рочиштето бидејќи сведокот не дојде ни по трет пат.",
        "Бранителот зборува за малтретирање и бара запирање на постапката; обвинителството молчи.",
        "Пресудата се очекува најрано во октомври, кога вештакот ќе го предаде своето мислење.",
    ),
}
BRIDGE_FILES = (
    "hr cp852 t, hr iso8859_2 h, hr mac_croatian t, hr mac_latin2 h, hr iso8859_16 t, pl cp852 h, pl iso8859_13 "
    "t, pl iso8859_16 h, pl mac_latin2 t, pl cp775 h, pl iso8859_2 t, pl cp1257 t, lv cp775 t, lv iso8859_4 h, lv "
    "iso8859_13 t, lv iso8859_10 h, lv cp1257 t, lt cp775 h, lt iso8859_4 t, lt iso8859_10 h, lt iso8859_13 h, et "
    "cp775 t, et iso8859_13 h, et iso8859_4 t, et iso8859_10 t, et iso8859_15 h, ro cp852 t, ro iso8859_16 h, ro "
    "iso8859_2 t, ro mac_romanian h, mt iso8859_3 t, mt iso8859_3 h, is cp861 t, is mac_iceland h, is iso8859_10 "
    "t, is cp850 h, tr cp857 t, tr iso8859_3 h, tr mac_turkish t, cy iso8859_14 t, cy iso8859_14 h, el cp737 t, "
    "el cp869 h, el mac_greek h, uk koi8_u h, uk cp1125 t, uk mac_cyrillic h, ru cp855 t, ru mac_cyrillic t, da "
    "cp865 t, fr cp437 h, fr cp858 t, pt cp860 t, hu cp852 h, cs mac_latin2 h, de cp437 t, fi cp437 h, eo "
    "iso8859_3 t, sr cp855 h, he cp862 h, be cp1251 t, sl cp852 h, sk mac_latin2 t, fr utf_7 t, pl utf_7 h"
).split(", ")
COURT_FILES = (
    "hr cp852 h, hr mac_croatian h, hr cp1250 t, hr iso8859_16 h, pl cp775 t, pl iso8859_13 h, pl mac_latin2 h, "
    "pl iso8859_16 t, lv cp775 h, lv iso8859_4 t, lv iso8859_10 t, lt iso8859_13 t, lt cp775 t, et cp775 h, et "
    "iso8859_10 h, ro iso8859_16 t, ro mac_romanian t, mt iso8859_3 t, is cp861 h, is mac_iceland t, tr iso8859_3 "
    "t, tr cp857 h, cy iso8859_14 t, el cp737 h, el mac_greek t, uk koi8_u t, uk mac_cyrillic t, ru cp855 h, nb "
    "mac_iceland t, fr cp863 t, fr mac_roman h, fo cp861 t, fo iso8859_10 h, hu mac_latin2 t, cs cp852 t, kk "
    "kz1048 t, kk ptcp154 h, tt ptcp154 t, se iso8859_10 t, se iso8859_4 h, lb cp850 t, en-names cp1250 t, "
    "en-names iso8859_2 h, en-names cp852 t, en-loans cp437 t, en-loans cp1252 h, en-loans mac_roman t, pt cp860 "
    "h, es cp437 h, sr-Latn cp852 t, sr-Latn iso8859_16 h, mk cp855 t, mk mac_cyrillic h, pl utf_7 t, tr utf_7 h, "
    "en-loans utf_7 t, ru utf_7 h"
).split(", ")
"""Language, encoding, and whether it is a text (t) or a page (h)."""
