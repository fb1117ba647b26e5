package lint

// The codes of the checks; checks.md describes them.
const (
	// JSON errors: the file cannot be imported.
	badSyntax        = "WA001"
	byteOrderMark    = "WA002"
	badEncoding      = "WA003"
	badValue         = "WA004"
	badComma         = "WA005"
	comment          = "WA006"
	badQuotes        = "WA007"
	controlCharacter = "WA008"
	badEscape        = "WA009"
	repeatedKey      = "WA010"
	tooLarge         = "WA011"

	// Fields and their values.
	wrongType        = "WA020"
	missing          = "WA021"
	empty            = "WA022"
	misspelt         = "WA023"
	unknown          = "WA024"
	badVersion       = "WA025"
	tooLong          = "WA026"
	invalidCharacter = "WA027"
	tooMany          = "WA028"
	surroundingSpace = "WA029"

	// Names and ids of pillars, questions and choices.
	badID          = "WA030"
	longID         = "WA031"
	repeatedID     = "WA032"
	sharedIDs      = "WA033"
	misspeltPillar = "WA034"
	pillarName     = "WA035"
	nameTaken      = "WA036"
	oddID          = "WA037"

	// Links and resources.
	emptyURL        = "WA040"
	badScheme       = "WA041"
	plainHTTP       = "WA042"
	badURL          = "WA043"
	linkWithoutText = "WA044"
	emptyResource   = "WA045"
	noPlan          = "WA046"
	badResourceType = "WA047"
	repeatedType    = "WA048"
	lookalike       = "WA049"

	// The choice None of these.
	noNone            = "WA050"
	noneWithoutSuffix = "WA051"
	suffixWithoutNone = "WA052"
	severalNones      = "WA053"
	noneIsBetter      = "WA054"
	noneNotExclusive  = "WA055"
	onlyNone          = "WA056"

	// Risk rules, one by one.
	badCondition    = "WA060"
	unknownChoice   = "WA061"
	unknownRisk     = "WA062"
	noDefault       = "WA063"
	severalDefaults = "WA064"
	defaultNotLast  = "WA065"
	repeatedRisk    = "WA066"
	conditionSpace  = "WA067"
	unusualSpaces   = "WA068"
	repeatedOperand = "WA069"
	precedence      = "WA070"

	// Risk rules, proven over every possible answer.
	unreachableRisk = "WA071"
	unreachableRule = "WA072"
	neverHigh       = "WA073"
	onlyNoRisk      = "WA074"
	noMatch         = "WA075"
	risksRise       = "WA076"
	unused          = "WA077"
	ineffective     = "WA078"
	notEnough       = "WA079"
	exclusive       = "WA080"
)
