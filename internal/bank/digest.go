package bank

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"

	"github.com/iotlens/iotlens/internal/lens"
)

// digest returns the SHA-256 of the content of a lens in hex: of its JSON with sorted keys
// and without empty values. It does not depend on the layout of the files, nor on fields
// that the lens leaves empty.
func digest(l *lens.Lens) string {
	content := *l
	content.Digest = ""
	var v any
	data, err := json.Marshal(content)
	if err == nil {
		err = json.Unmarshal(data, &v)
	}
	if err == nil {
		data, err = json.Marshal(withoutEmpty(v))
	}
	if err != nil {
		panic("bank: " + err.Error()) // impossible: a lens has only texts, numbers and lists
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// withoutEmpty removes empty values from decoded JSON. It returns nil for an empty value.
func withoutEmpty(v any) any {
	switch v := v.(type) {
	case map[string]any:
		maps.DeleteFunc(v, func(key string, value any) bool {
			v[key] = withoutEmpty(value)
			return v[key] == nil
		})
		if len(v) == 0 {
			return nil
		}
	case []any:
		for i := range v {
			v[i] = withoutEmpty(v[i])
		}
		if len(v) == 0 {
			return nil
		}
	default:
		if v == "" || v == 0.0 || v == false {
			return nil
		}
	}
	return v
}
