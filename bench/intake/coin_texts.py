"""More texts of our own for ``bench.intake.rare_encodings``, written last, about coins found under a playground."""

COINS: dict[str, tuple[str, ...]] = {
    "hr": (
        "Učenici osnovne škole u Đakovu pronašli su u dvorištu novčiće iz rimskog doba.",
        "Ravnateljica je odmah pozvala muzej, čiji će stručnjaci mjesec dana prekapati igralište.",
        "„Mislila sam da je gumb”, smije se Iva Žuljević, učenica šestog razreda.",
    ),
    "pl": (
        "Uczniowie z Przemyśla znaleźli na boisku rzymskie monety.",
        "Dyrektorka natychmiast wezwała muzeum, którego badacze będą przekopywać plac przez miesiąc.",
        "— Myślałam, że to guzik — śmieje się Zośka Wójcik z szóstej klasy.",
    ),
    "lv": (
        "Skolēni Kuldīgā pagalmā atrada senas romiešu monētas.",
        "Direktors tūlīt izsauca muzeju, kura pētnieki mēnesi pārraks rotaļu laukumu.",
        "“Es domāju, ka tā ir poga,” smejas sestklasniece Līga Ķēniņa.",
    ),
    "lt": (
        "Mokiniai Kėdainiuose kieme rado senovės romėnų monetų.",
        "Direktorė iškart pakvietė muziejų, kurio tyrėjai mėnesį perkasinės žaidimų aikštelę.",
        "„Maniau, kad tai saga“, – juokiasi šeštokė Živilė Šimkutė.",
    ),
    "et": (
        "Õpilased leidsid Võru koolihoovist Rooma aegseid münte.",
        "Direktor kutsus kohe muuseumi, mille uurijad kaevavad mänguväljakut terve kuu.",
        "„Ma mõtlesin, et see on nööp,“ naerab kuuenda klassi õpilane Külli Pärn.",
    ),
    "ro": (
        "Elevii unei şcoli din Târgu Mureş au găsit în curte monede romane.",
        "Directoarea a chemat imediat muzeul, ai cărui cercetători vor săpa terenul timp de o lună.",
        "„Am crezut că e un nasture”, râde Ştefania Ţăranu, elevă într-a şasea.",
    ),
    "mt": (
        "L-istudenti ta’ skola f’Ħal Għaxaq sabu muniti Rumani fil-bitħa.",
        "Is-surmast ċempel minnufih lill-mużew, u r-riċerkaturi se jħaffru l-bitħa għal xahar.",
        "“Ħsibt li kienet buttuna,” qalet Ġulja Żahra, li għandha ħdax-il sena.",
    ),
    "is": (
        "Nemendur í skóla á Ísafirði fundu rómverska peninga í garðinum.",
        "Skólastjórinn hringdi strax í þjóðminjasafnið, sem ætlar að grafa upp völlinn í mánuð.",
        "„Ég hélt að þetta væri hnappur,“ sagði Þórunn Æsa, sem er í sjötta bekk.",
    ),
    "tr": (
        "Öğrenciler okul bahçesinde Roma döneminden kalma paralar buldu.",
        "Müdür hemen müzeyi aradı; uzmanlar oyun alanını bir ay boyunca kazacak.",
        "“Düğme sandım,” diyerek gülüyor altıncı sınıf öğrencisi Işıl Çağlayan.",
    ),
    "cy": (
        "Daeth disgyblion ysgol yn Llanfair o hyd i ddarnau arian Rhufeinig ar yr iard.",
        "Ffoniodd y pennaeth yr amgueddfa ar unwaith, a bydd yr arbenigwyr yno am fis.",
        "“Ro’n i’n meddwl mai botwm oedd o,” meddai Siân, sy’n ddeuddeg oed.",
        "Y mae’r tŵr a’r dŵr gerllaw yn hŷn byth.",
    ),
    "el": (
        "Μαθητές στη Λάρισα βρήκαν στην αυλή του σχολείου ρωμαϊκά νομίσματα.",
        "Η διευθύντρια κάλεσε αμέσως το μουσείο, που θα σκάψει την αυλή για έναν μήνα.",
        "«Νόμιζα ότι ήταν κουμπί», λέει γελώντας η Ελένη από την έκτη τάξη.",
    ),
    "uk": (
        "Учні школи в Чернівцях знайшли на подвір’ї римські монети.",
        "Директорка одразу викликала музей, фахівці якого місяць перекопуватимуть майданчик.",
        "«Я думала, що це ґудзик», — сміється шестикласниця Їлена Щербак.",
    ),
    "ru": (
        "Ученики школы в Керчи нашли во дворе римские монеты.",
        "Директор сразу вызвала музей, сотрудники которого будут месяц перекапывать площадку.",
        "«Я думала, что это пуговица», — смеётся шестиклассница Юля Щукина.",
    ),
    "bg": (
        "Ученици от Пловдив откриха в двора на училището римски монети.",
        "Директорката веднага повика музея, чиито специалисти ще копаят цял месец.",
        "„Мислех, че е копче“, смее се Ема от шести клас.",
    ),
    "sl": (
        "Učenci šole na Ptuju so na dvorišču našli rimske novce.",
        "Ravnateljica je takoj poklicala muzej, ki bo igrišče prekopaval ves mesec.",
        "»Mislila sem, da je gumb,« se smeji šestošolka Špela Žnidaršič.",
    ),
    "sk": (
        "Žiaci školy v Trnave našli na dvore rímske mince.",
        "Riaditeľka hneď zavolala múzeum, ktorého odborníci budú ihrisko kopať celý mesiac.",
        "„Myslela som, že je to gombík,“ smeje sa šiestačka Ľubica Šťastná.",
    ),
    "cs": (
        "Žáci školy v Kroměříži našli na dvoře římské mince.",
        "Ředitelka hned zavolala muzeum, jehož odborníci budou hřiště kopat celý měsíc.",
        "„Myslela jsem, že je to knoflík,“ směje se šesťačka Anežka Říhová.",
    ),
    "hu": (
        "Egy győri iskola diákjai római pénzérméket találtak az udvaron.",
        "Az igazgatónő rögtön hívta a múzeumot, amelynek kutatói egy hónapig ássák fel a pályát.",
        "„Azt hittem, hogy gomb”, nevet Őry Zsófi, aki hatodikos.",
    ),
    "da": (
        "Elever på en skole i Ærøskøbing fandt romerske mønter i gården.",
        "Rektor ringede straks til museet, og forskerne skal grave pladsen op i en måned.",
        "»Jeg troede, det var en knap,« griner Åse fra sjette klasse.",
    ),
    "sv": (
        "Elever på en skola i Växjö hittade romerska mynt på gården.",
        "Rektorn ringde genast till museet, och forskarna ska gräva upp planen i en månad.",
        "”Jag trodde att det var en knapp”, skrattar Åsa, som går i sexan.",
    ),
    "fr": (
        "Des élèves d’une école de Nîmes ont trouvé dans la cour des pièces romaines.",
        "La directrice a aussitôt appelé le musée, dont les chercheurs fouilleront le préau un mois.",
        "« J’ai cru que c’était un bouton », s’amuse Zoé Lefèvre, élève de sixième.",
    ),
    "es": (
        "Unos alumnos de un colegio de Mérida hallaron monedas romanas en el patio.",
        "La directora llamó enseguida al museo, cuyos técnicos excavarán la pista durante un mes.",
        "«Creí que era un botón», se ríe Begoña Muñiz, de once años. ¿Y ahora qué?",
    ),
    "pt": (
        "Alunos de uma escola de Évora encontraram moedas romanas no pátio.",
        "A directora chamou logo o museu, cujos técnicos vão escavar o recreio durante um mês.",
        "«Pensei que era um botão», ri-se Conceição, que tem onze anos.",
    ),
    "de": (
        "Schüler in Köln haben auf dem Pausenhof römische Münzen gefunden.",
        "Die Rektorin rief sofort das Museum, dessen Forscher den Platz einen Monat lang umgraben.",
        "„Ich dachte, es wäre ein Knopf“, lacht Jörg Weiß aus der sechsten Klasse.",
    ),
    "en": (
        "Pupils at a school in Bath have found Roman coins under the playground.",
        "The head called the museum at once, and its staff will dig for a month – for £9,000.",
        "“I thought it was a button,” said Chloë O’Brien, who is eleven.",
        "“The café gave us free cake.”",
    ),
    "rm": (
        "Scolars da Scuol han chattà munaidas romanas i’l areal da lur scoula.",
        "La directura ha clomà subit il museum, e’ls perscrutaders chavan ün mais a la lunga.",
        "«Eu n’ha pensà chi saja ün buttun», disch Ladina, chi va in sesavla classa, e ria.",
    ),
    "hsb": (
        "Šulerjo w Budyšinje su na dworje romske pjenjezy namakali.",
        "Direktorka je hnydom muzej zawołała, kotrehož slědźerjo budu měsac dołho ryć.",
        "„Sym sej myslił, zo je to kneflik“, smjeje so Měrćin z šesteje rjadownje.",
    ),
    "ky": (
        "Ош шаарындагы мектептин окуучулары короодон рим тыйындарын табышты.",
        "Директор дароо музейди чакырды, анын кызматкерлери бир ай казышат.",
        "«Мен аны топчу деп ойлогом», – дейт Айгүл, ал алтынчы класста окуйт, жаңы досу өзү менен.",
    ),
}
COIN_FILES = (
    "hr cp852 t, hr iso8859_16 h, hr mac_croatian h, pl cp852 t, pl iso8859_13 h, pl mac_latin2 h, pl iso8859_16 "
    "t, lv cp775 t, lv iso8859_4 h, lv iso8859_13 t, lt cp775 h, lt iso8859_10 t, lt cp1257 h, et iso8859_4 h, et "
    "iso8859_13 t, et cp775 t, ro iso8859_16 t, ro cp852 h, ro mac_romanian t, mt iso8859_3 t, is cp861 t, is "
    "mac_iceland h, is iso8859_10 t, tr cp857 t, tr mac_turkish h, tr iso8859_3 t, cy iso8859_14 t, el cp737 t, "
    "el cp869 h, uk koi8_u h, uk cp1125 t, ru cp855 h, ru mac_cyrillic t, bg mac_cyrillic h, bg cp855 t, sl "
    "iso8859_16 t, sl cp852 h, sk mac_latin2 t, cs cp852 h, hu iso8859_16 t, da cp865 h, sv cp437 t, fr cp863 t, "
    "fr mac_roman h, es cp437 t, pt cp860 h, pt cp850 t, de mac_roman t, en cp437 t, en mac_roman h, en cp1252 t, "
    "rm cp850 t, rm cp1252 h, hsb cp852 t, hsb iso8859_2 h, ky ptcp154 h, hu utf_7 t, lt utf_7 h, de utf_7 t"
).split(", ")
"""Language, encoding, and whether it is a text (t) or a page (h)."""
