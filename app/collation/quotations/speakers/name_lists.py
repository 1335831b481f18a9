"""English words that stand in and around the names of people: titles, given names, and what no person is called.

The given names are common ones of English-speaking countries, and some frequent in the news of others, from general
knowledge; names that both women and men bear stand in neither list.
"""

MALE_TITLES = frozenset(
    "mr mister sir lord king prince father brother imam sheikh rabbi pope duke baron count".split()
)
FEMALE_TITLES = frozenset(
    "mrs ms miss madam madame lady queen princess sister dame duchess baroness countess".split()
)

TITLES = (
    MALE_TITLES
    | FEMALE_TITLES
    | frozenset(
        """
        mx dr prof professor doctor president vice prime minister premier chancellor secretary senator sen rep
        reps sens representative congressman congresswoman governor gov lt lieutenant mayor general gen colonel
        col major maj captain capt sergeant sgt cpl corporal admiral adm commander cmdr judge justice chief
        attorney sheriff officer detective inspector superintendent supt director chairman chairwoman chair
        chairperson ceo speaker whip leader ambassador envoy bishop archbishop cardinal reverend rev fr pastor
        monsignor saint st hon foreign defense defence finance interior deputy assistant acting former interim
        state health education press spokesman spokeswoman spokesperson coach councilman councilwoman councillor
        cllr commissioner comptroller treasurer md phd mp msp democratic republican labour conservative majority
        minority house senate first ex-president pres undersecretary analyst economist author actor actress
        singer editor correspondent reporter special security national adviser advisor trade energy justice
        treasury home environment transport culture agriculture economy principal dean
        """.split()
    )
)
"""Words that stand before a name and are no part of it."""

MALE_ROLES = frozenset(
    """
    spokesman chairman congressman businessman actor king prince duke father son husband brother uncle
    grandfather grandson widower man boy policeman councilman fisherman headmaster gentleman monk waiter
    statesman craftsman
    """.split()
)
FEMALE_ROLES = frozenset(
    """
    spokeswoman chairwoman congresswoman businesswoman actress queen princess duchess mother daughter wife
    sister aunt grandmother granddaughter widow woman girl policewoman councilwoman headmistress nun waitress
    heiress midwife
    """.split()
)

MALE = frozenset(
    """
    aaron abdul abdullah abraham adam ahmad ahmed alan albert alexander alexei ali allan andrei andrew angus
    anthony antonio arnold arthur barack barry ben benjamin bernard bernie bill bob boris brad brendan brett
    brian bruce bryan carl carlos cedric charles charlie chris christopher colin craig daniel dave david dennis
    derek dmitry dominic donald doug douglas duncan earl ed eddie edgar edward edwin emmanuel eric ernest eugene
    felix fernando francisco frank fred frederick gary geoffrey george gerald gerard giovanni glenn gordon
    graham greg gregory guy hamid harold harry hassan hans henry herbert hiroshi howard hugh hugo hussein ian
    ibrahim igor isaac ivan jack jacob jake james jason jared javier jean-luc jeff jeffrey jeremy jerome jerry
    jim jimmy joe joel john johnny jon jonathan jorge jose joseph josh joshua juan julian justin karl keith ken
    kenneth kevin khalid klaus kyle larry lars laurence lawrence leon leonard leonardo louis luca luis luke
    malcolm manuel marc marco marcus mario mark martin matt matthew maurice max michael miguel mike mikhail
    mitch mitt mohamed mohammad mohammed muhammad nathan neil nicholas nick nigel nikolai noah norman oleg
    oliver oscar omar owen pablo patrick paul pedro pete peter phil philip phillip pierre rafael ralph raymond
    rex ricardo richard rick rob robert roberto rodney roger roland ron ronald roy rudy rupert russell ryan
    samuel scott sean sebastian sergei sergey simon stanley stefan stephen steve steven stuart ted terence
    theodore thomas tim timothy toby todd tom tommy tony travis trevor umar viktor vincent vladimir volodymyr
    walter warren wayne wesley will william xavier yousef yusuf zachary
    """.split()
)
FEMALE = frozenset(
    """
    abigail ada adele agnes aisha alice alicia alison amanda amelia amina amy ana andrea angela angelina anita
    ann anna anne annie antonia ashley astrid audrey barbara beatrice becky bella bernadette beth betty brenda
    bridget camila carla carly carmen carol caroline carolyn catherine cathy cecilia charlotte chelsea cheryl
    chloe christina christine claire clara claudia colleen cynthia daisy deborah debbie denise diana diane donna
    dora dorothy edith eileen elaine elena eleanor elisa elizabeth ella ellen emily emma erica erika erin esther
    eva evelyn faith fatima fiona florence frances freya gabriela gail gemma georgia gina gloria grace greta
    gwen hannah harriet heather helen helena hillary holly ida imogen ines ingrid irene isabel isabella ivanka
    jacqueline jane janet janice jasmine jean jeanne jennifer jenny jessica jill joan joanna josephine joyce
    judith judy julia julie karen karin kate katherine kathleen kathryn kathy katie kayla keira kimberly kirsten
    kristen laila larissa laura lauren leila leticia lillian linda lisa liz lorraine louise lucia lucy lydia
    madeleine maggie margaret margot maria marianne marie marilyn marina marta martha mary maya megan melanie
    melissa mia michelle mildred miriam molly monica nadia nancy naomi natalie natasha nicola nicole nina nora
    norma olga olivia pamela patricia paula penelope penny petra phoebe polly priya rachel rebecca renata rita
    rosa rosalind rose rosemary ruth sabrina sally samantha sandra sarah sara sharon sheila shirley silvia
    simone sofia sonia sophia sophie stella stephanie sue susan susanna suzanne sylvia tania tanya teresa
    theresa tiffany tina ursula valentina valerie vanessa vera veronica victoria viola virginia vivian wendy
    yolanda yvonne zainab zara zoe
    """.split()
)

PARTICLES = frozenset(
    "de van von der den bin ibn al el la le di da du dos del della ben ter af av zu".split()
)
"""Small words inside a name."""

BODIES = frozenset(
    """
    newspaper magazine daily weekly journal agency company firm group bank broadcaster channel network station
    website site charity ministry party band team club village town city province region island river ship
    vessel school film novel book series song album show restaurant hotel startup manufacturer airline carrier
    retailer chain brand label
    """.split()
)
"""Words after which a name is that of a body, a place or a work: the newspaper O Farol."""

NOT_PEOPLE = frozenset(
    """
    house times post news journal tribune herald guardian telegraph magazine press agency reuters network
    television tv radio media channel party committee commission council court congress parliament senate
    department ministry office bureau agency administration government university college school institute
    institution academy hospital church foundation association society union federation alliance league club
    team group company corporation corp inc ltd llc bank fund trust board authority service services force
    forces army navy guard police fire watch international national nations states kingdom republic city county
    state district street avenue road square park river lake mountain island islands bay beach coast valley
    north south east west new york angeles francisco los san santa america american africa asia europe european
    britain british china chinese russia russian france french germany german india indian japan japanese korea
    korean israel israeli iran iranian iraq ukraine ukrainian taiwan world cup olympic olympics games act bill
    law treaty agreement accord amendment constitution war day week month center centre museum library theater
    theatre gallery hall tower building bridge airport station hotel democrats republicans democrat republican
    conservative conservatives labour liberal tories greens facebook twitter google instagram youtube microsoft
    apple amazon fox cnn bbc abc nbc cbs npr msnbc institute project campaign coalition initiative program
    programme conference summit forum festival award awards prize medal championship air airlines airways motors
    energy oil gas electric technologies systems supreme federal central royal security intelligence affairs
    rights human defense defence health education covid-19 wall capitol kremlin pentagon downing vatican
    christmas easter thanksgiving
    """.split()
)
"""Words in the names of places, bodies, papers and laws, and in no person's. (Surnames among them are lost.)"""
