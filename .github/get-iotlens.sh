#!/bin/sh
# get-iotlens.sh FOLDER downloads iotlens from a release to FOLDER, for the action, the
# GitLab template and other pipelines. It never runs a program that it has not verified.
#
#   IOTLENS_VERSION      release (v1.2.3), or a commit, which means its release
#   IOTLENS_DIGEST       SHA-256 of the archive; one per line for several systems
#   IOTLENS_RELEASE_URL  mirror of https://github.com/iotlens/iotlens/releases/download
#   GH_TOKEN             for gh attestation verify, if there is no cosign
#
# Exit codes: 0 the program is in FOLDER, 2 something is wrong, 10 the program must be
# built, because there is no release or nothing that can verify one.
set -u

repository=https://github.com/iotlens/iotlens
cr=$(printf '\r')
wanted=$(printf %s "${IOTLENS_VERSION:-}" | tr -d "$cr")
digests=$(printf %s "${IOTLENS_DIGEST:-}" | tr -d "$cr")
base=$(printf %s "${IOTLENS_RELEASE_URL:-}" | tr -d "$cr")
base=${base:-$repository/releases/download}
base=${base%/}
shown=$(printf %s "$base" | sed 's|://[^/]*@|://|') # without a password

say() { printf 'iotlens: %s\n' "$*" >&2; }
refuse() { say "$@"; exit 2; }
build() { say "$@"; exit 10; }

# Find the release.
release='v[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?'
[ -n "$wanted" ] || build "no release is named"
commit=
tag=$wanted
if printf %s "$wanted" | grep -Eqx '[0-9a-f]{40}'; then
	commit=$wanted
	tags=$(GIT_TERMINAL_PROMPT=0 git ls-remote "$repository" 'refs/tags/v*' 2>/dev/null) ||
		build "the tags of $repository cannot be listed, so the release of commit $commit is not known; set the version"
	tag=$(printf '%s\n' "$tags" | sed -En "s/^$commit.refs\/tags\/($release)(\^\{\})?$/\1/p" | head -n 1)
	[ -n "$tag" ] || build "commit $commit is not a release"
fi
case $tag in [0-9]*) tag=v$tag ;; esac
printf %s "$tag" | grep -Eqx "$release" || build "\"$wanted\" is not a release such as v1.2.3"

# Find the archive for this system.
kind=tar.gz program=iotlens
case $(uname -s) in
	Linux) os=linux ;;
	Darwin) os=darwin ;;
	*_NT-*) os=windows kind=zip program=iotlens.exe ;;
	*) build "there is no release for $(uname -s)" ;;
esac
case $(uname -m) in
	x86_64 | amd64) arch=amd64 ;;
	aarch64 | arm64) arch=arm64 ;;
	*) build "there is no release for $(uname -s) on $(uname -m)" ;;
esac
archive=iotlens_${tag#v}_${os}_$arch.$kind

# Choose what verifies it.
verifier=
if [ -n "$digests" ]; then
	verifier="the digest given"
	printf '%s\n' "$digests" | grep -v '^[[:space:]]*$' | grep -Evqx '[[:space:]]*(sha256:)?[0-9a-fA-F]{64}([[:space:]].*)?' &&
		refuse "digest: each line must be the SHA-256 of an archive in 64 hexadecimal digits, as in checksums.txt"
elif command -v cosign >/dev/null; then
	verifier=cosign
elif [ -n "${GH_TOKEN:-}" ] && gh attestation verify --help 2>/dev/null | grep -q -e --source-digest; then
	verifier=gh
else
	build "nothing here can verify the release $tag: there is neither cosign, nor gh 2.68 or later with a token, nor a digest"
fi
command -v curl >/dev/null || build "there is no curl to download the release $tag with"

if ! { mkdir -p "$1" && folder=$(cd "$1" && pwd) && work=$(mktemp -d "$folder/get.XXXXXX"); }; then refuse "cannot write to $1"; fi
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2

# fetch NAME downloads a file of the release; it returns 1 if there is no such file.
fetch() {
	status=$(curl -fsSL --netrc-optional --proto '=https,http,file' --proto-redir '=https,http' --connect-timeout 20 --max-time 300 \
		--max-filesize 104857600 --retry 2 --retry-delay 1 -w '%{http_code}' -o "$1" --url "$base/$tag/$1" 2>curl.log)
	case $?,$status in
		0,*) return 0 ;;
		*,404 | 37,*) return 1 ;;
	esac
	refuse "cannot download $1 of $tag from $shown: $(tail -n 1 curl.log)"
}

sha256() {
	if command -v sha256sum >/dev/null; then sha256sum <"$1"; else shasum -a 256 <"$1"; fi | cut -d ' ' -f 1
}

[ "$verifier" = cosign ] || [ "$verifier" = gh ] || printf '%s\n' "$digests" | sed 's/sha256://; s/^[[:space:]]*//' | tr A-F a-f >digests
if [ ! -f digests ]; then
	fetch checksums.txt || build "there is no release $tag at $shown"
	awk -v name="$archive" '$2 == name || $2 == "*" name { print $1; n++ } END { exit n != 1 }' checksums.txt >digests ||
		refuse "checksums.txt of $tag does not list $archive exactly once"
fi
fetch "$archive" || refuse "$archive is missing from the release $tag at $shown"
sum=$(sha256 "$archive")
cut -c 1-64 digests | grep -qx "$sum" ||
	refuse "$archive does not match: its SHA-256 is $sum, $([ -f checksums.txt ] && echo "that in checksums.txt" || echo "the digest given") is $(cut -c 1-64 digests | paste -s -d ' ' -)"

# The certificate names the workflow that signed, its tag and, for a pinned commit, its commit.
identity=$repository/.github/workflows/release.yml@refs/tags/$tag
issuer=https://token.actions.githubusercontent.com
case $verifier in
	cosign)
		fetch checksums.txt.sigstore.json || refuse "the release $tag at $shown has no signature: checksums.txt.sigstore.json is missing"
		cosign verify-blob --bundle checksums.txt.sigstore.json --certificate-identity "$identity" --certificate-oidc-issuer "$issuer" \
			${commit:+--certificate-github-workflow-sha "$commit"} checksums.txt >verify.log 2>&1
		;;
	gh)
		GH_HOST=github.com gh attestation verify "$archive" --repo "${repository#https://github.com/}" --cert-identity "$identity" \
			--cert-oidc-issuer "$issuer" --source-ref "refs/tags/$tag" ${commit:+--source-digest "$commit"} --deny-self-hosted-runners >verify.log 2>&1
		;;
esac || {
	cat verify.log >&2
	refuse "$verifier cannot verify that $tag was released by $identity${commit:+ from commit $commit}; its message is above"
}

# Extract only the program, so that no other path in the archive is written.
if [ $kind = zip ]; then unzip -Z1 "$archive"; else tar -tzf "$archive"; fi >names 2>/dev/null || refuse "$archive cannot be read"
grep -Eq '^/|^[A-Za-z]:|\\|(^|/)\.\.(/|$)' names && refuse "$archive has a path that leads out of its folder: $(grep -E '^/|^[A-Za-z]:|\\|(^|/)\.\.(/|$)' names | head -n 1)"
grep -qx "$program" names || refuse "$archive does not contain the program $program"
if [ $kind = zip ]; then unzip -p "$archive" "$program"; else tar -xzOf "$archive" "$program"; fi >out || refuse "$archive cannot be read"
[ -s out ] || refuse "$program in $archive is a link or empty"
mv out "$program"
chmod 755 "$program"
is=$("./$program" version 2>run.log | sed -n '1s/^iotlens v*\([^ ]*\) .*/\1/p')
[ -n "$is" ] || refuse "the program in $archive does not run on this machine ($(uname -s), $(uname -m)): $(tail -n 1 run.log)"
[ "$is" = "${tag#v}" ] || refuse "$archive contains iotlens $is"
mv -f "$program" "$folder/$program" || refuse "cannot write to $1"
say "$tag from $shown, verified by $verifier"
