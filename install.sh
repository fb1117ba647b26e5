#!/bin/sh
# Install iotlens from a release, for the current user, without root:
#
#   curl -fsSL https://raw.githubusercontent.com/iotlens/iotlens/main/install.sh | sh
#
#   VERSION              release to install, such as v1.2.3 (default: the latest)
#   DIR                  folder for the program (default: ~/.local/bin)
#   IOTLENS_RELEASE_URL  mirror of https://github.com/iotlens/iotlens/releases/download
#
# The archive must match checksums.txt of the release and, if cosign is installed, the
# signature of checksums.txt must be valid. Otherwise nothing is installed. The exit code
# is 0 or 1.
set -eu

repository=https://github.com/iotlens/iotlens

stop() {
	printf 'install.sh: %s\n' "$*" >&2
	exit 1
}

# fetch URL FILE downloads a file. curl refuses a redirect from https to http; wget
# follows any redirect.
fetch() {
	if command -v curl >/dev/null; then
		case $1 in https:*) redirects==https ;; *) redirects==https,http ;; esac
		curl -fsSL --proto-redir "$redirects" --retry 2 -o "$2" --url "$1" 2>"$work/log"
	else
		wget -q -O "$2" "$1" 2>"$work/log"
	fi || stop "cannot download $1: $(tail -n 1 "$work/log")"
}

# latest prints the tag of the latest release, from the redirect of releases/latest.
latest() {
	if command -v curl >/dev/null; then
		curl -fsSLI -o /dev/null -w '%{url_effective}' "$repository/releases/latest"
	else
		wget -S --spider "$repository/releases/latest" 2>&1 | sed -n 's/^ *[Ll]ocation: *//p' | tail -n 1
	fi | tr -d '\r' | sed -n 's|.*/tag/\(v[^/]*\)$|\1|p'
}

sha256() {
	if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# put FILE FOLDER NAME installs a file in one step, because the old program may be running.
put() {
	if ! { mkdir -p "$2" && cp "$1" "$2/.$3.new" && mv -f "$2/.$3.new" "$2/$3"; }; then stop "cannot write $2/$3; set DIR to a folder that you can write to"; fi
}

main() {
	if ! command -v curl >/dev/null && ! command -v wget >/dev/null; then stop "needs curl or wget; on Debian: apt-get install curl"; fi
	case $(uname -s) in
		Linux) system=linux ;;
		Darwin) system=darwin ;;
		*) stop "there is no archive for $(uname -s) that this script can install; see $repository/releases" ;;
	esac
	case $(uname -m) in
		x86_64 | amd64) arch=amd64 ;;
		aarch64 | arm64) arch=arm64 ;;
		*) stop "there is no archive for $(uname -m); build it with: go install github.com/iotlens/iotlens/cmd/iotlens@latest" ;;
	esac
	dir=${DIR:-${HOME:?set DIR}/.local/bin}
	tag=${VERSION:-$(latest)}
	[ -n "$tag" ] || stop "cannot find the latest release at $repository/releases; set VERSION, such as VERSION=v1.2.3"
	tag=v${tag#v}
	case $tag in *[!0-9A-Za-z.-]*) stop "VERSION \"$tag\" is not a release such as v1.2.3" ;; esac
	url=${IOTLENS_RELEASE_URL:-$repository/releases/download}/$tag
	archive=iotlens_${tag#v}_${system}_$arch.tar.gz

	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT
	trap 'exit 1' HUP INT TERM
	fetch "$url/checksums.txt" "$work/checksums.txt"
	fetch "$url/$archive" "$work/$archive"
	want=$(awk -v name="$archive" '$2 == name || $2 == "*" name { print $1; n++ } END { exit n != 1 }' "$work/checksums.txt") ||
		stop "checksums.txt of $tag does not list $archive exactly once; nothing was installed"
	got=$(sha256 "$work/$archive")
	[ "$got" = "$want" ] || stop "$archive has the SHA-256 $got, not $want as checksums.txt says; nothing was installed"
	verified="checksum"
	if command -v cosign >/dev/null; then
		fetch "$url/checksums.txt.sigstore.json" "$work/bundle"
		cosign verify-blob --bundle "$work/bundle" --certificate-oidc-issuer https://token.actions.githubusercontent.com \
			--certificate-identity "$repository/.github/workflows/release.yml@refs/tags/$tag" "$work/checksums.txt" >"$work/log" 2>&1 ||
			stop "cosign cannot verify the signature of checksums.txt: $(tail -n 1 "$work/log"); nothing was installed"
		verified="checksum and signature"
	fi

	mkdir "$work/files"
	tar -xzf "$work/$archive" -C "$work/files" || stop "$archive cannot be unpacked; nothing was installed"
	"$work/files/iotlens" version >"$work/version" 2>&1 || stop "the program does not run here: $(tail -n 1 "$work/version"); nothing was installed"
	put "$work/files/iotlens" "$dir" iotlens
	if [ "${dir##*/}" = bin ]; then # where man and the shells look for man pages and completions
		share=${dir%/bin}/share
		for page in "$work/files/man/man1/"*; do put "$page" "$share/man/man1" "${page##*/}"; done
		put "$work/files/completions/iotlens.bash" "$share/bash-completion/completions" iotlens
		put "$work/files/completions/iotlens.fish" "$share/fish/vendor_completions.d" iotlens.fish
		put "$work/files/completions/_iotlens" "$share/zsh/site-functions" _iotlens
	fi

	echo "Installed iotlens $tag in $dir ($verified verified)."
	case :$PATH: in
		*:"$dir":*) echo "Next: iotlens review" ;;
		*)
			echo "$dir is not on your PATH. Next:"
			echo "  export PATH=\"$dir:\$PATH\"    # also in your shell's profile"
			echo "  iotlens review"
			;;
	esac
}

main
